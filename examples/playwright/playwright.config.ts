import { defineConfig } from '@playwright/test';

const executablePath = process.env['CHROME_PATH'];

export default defineConfig({
  testDir: 'tests',
  use: {
    baseURL: 'https://www.example.com',
    // A browser that is installed already. Without it, `npx playwright install chromium` downloads one.
    launchOptions: executablePath ? { executablePath, args: ['--no-sandbox'] } : {},
  },
});
