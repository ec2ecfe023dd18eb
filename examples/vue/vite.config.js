import { defineConfig } from 'vite';
import vue from '@vitejs/plugin-vue';

export default defineConfig({
  plugins: [vue({ template: { compilerOptions: { isCustomElement: (tag) => tag === 'gc-auth-messenger' } } })],
  preview: { port: 5173, strictPort: true },
});
