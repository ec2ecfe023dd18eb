export default defineNuxtConfig({
  compatibilityDate: '2025-07-01',
  app: { head: { link: [{ rel: 'icon', href: 'data:,' }] } },
  vue: { compilerOptions: { isCustomElement: (tag) => tag === 'gc-auth-messenger' } },
});
