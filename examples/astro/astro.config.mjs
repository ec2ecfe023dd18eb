import { defineConfig } from 'astro/config';

export default defineConfig({ server: { port: 5173 }, devToolbar: { enabled: false } });
