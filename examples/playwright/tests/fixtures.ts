import { fileURLToPath } from 'node:url';
import { test as base } from '@playwright/test';
import { genesysFixture } from 'gc-auth-messenger/testing/playwright';
import type { GenesysKit } from 'gc-auth-messenger/testing/playwright';

const fileOf = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

export const test = base.extend<{ genesys: GenesysKit; site: void }>({
  genesys: genesysFixture({
    deploymentId: '3f0c1c2e-8d4b-4b7a-9f6e-2a1d5c7e9b10',
    authority: 'https://login.example.com',
    clientId: 'messenger-web',
    redirectUri: 'https://www.example.com/callback.html',
  }),
  // In place of a web server: the page and the files of the package.
  site: [
    async ({ context }, use) => {
      await context.route('https://www.example.com/**', (route) => {
        const { pathname } = new URL(route.request().url());
        const file = pathname === '/' ? 'page/index.html' : `node_modules/gc-auth-messenger/dist${pathname}`;
        return route.fulfill({ path: fileOf(file) });
      });
      await use();
    },
    { auto: true },
  ],
});
