/* global Image, document */
import { writeFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { conditions } from '../build/bundles.mjs';
import { chromiumArgs, requireChromium } from '../engines/chromium.mjs';

/** `npm run pictures`: writes one sheet with every state of prompt and launcher, for the documentation. */

const file = 'docs/images/prompt.webp';
const tile = { width: 350, height: 262 };
const sheetWidth = 1440;

const schemes = /** @type {const} */ ([
  ['light', { colorScheme: 'light', forcedColors: 'none' }],
  ['dark', { colorScheme: 'dark', forcedColors: 'none' }],
  ['forced colours', { colorScheme: 'dark', forcedColors: 'active' }],
]);
const directions = /** @type {const} */ (['ltr', 'rtl']);
const windows = { desktop: { width: 1024, height: 640 }, phone: { width: 350, height: 640 } };

/** @returns {Promise<string>} */
async function script() {
  const options = { bundle: true, write: false, format: /** @type {const} */ ('iife'), conditions };
  const { outputFiles } = await build({ ...options, entryPoints: ['test/pictures/page.ts'], logLevel: 'error' });
  return outputFiles?.[0]?.text ?? '';
}

const html = `<!doctype html><html style="color-scheme: light dark"><meta name="viewport" content="width=device-width">
<title>Shop</title><body style="margin: 0">`;

/** @param {import('playwright-core').Page} page */
async function pictures(page) {
  await page.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body: html }));
  await page.goto('https://shop.example/');
  await page.addScriptTag({ content: await script() });
  /** @type {string[]} */
  const states = await page.evaluate('states');
  /** @type {string[]} */
  const cells = schemes.flatMap(([name]) => directions.map((dir) => `<b>${name}, ${dir}</b>`));
  for (const [where, size] of Object.entries(windows)) {
    await page.setViewportSize(size);
    for (const state of states) {
      for (const [, media] of schemes) {
        await page.emulateMedia({ ...media, reducedMotion: 'reduce' });
        for (const dir of directions) {
          await page.evaluate(`show('${state}', '${dir}')`);
          const x = dir === 'rtl' ? 0 : size.width - tile.width;
          const clip = { x, y: size.height - tile.height, ...tile };
          const image = (await page.screenshot({ clip })).toString('base64');
          cells.push(
            `<figure><img src="data:image/png;base64,${image}"><figcaption>${state}, ${where}</figcaption></figure>`,
          );
        }
      }
    }
  }
  return cells;
}

/** @param {import('playwright-core').Page} page @param {readonly string[]} cells */
async function sheet(page, cells) {
  await page.setViewportSize({ width: sheetWidth, height: 800 });
  await page.setContent(`<style>
    body { display: grid; grid-template-columns: repeat(6, 1fr); gap: 8px; margin: 8px; font: 13px system-ui, sans-serif; background: #e9ecf2; color: #1b1f29 }
    figure { margin: 0 } img { display: block; width: 100% } figcaption, b { text-align: center }
  </style>${cells.join('')}`);
  return page.screenshot({ fullPage: true });
}

/** Chromium encodes WebP, so no other tool is needed. @param {import('playwright-core').Page} page @param {Buffer} png */
async function webP(page, png) {
  /** @type {string} */
  const url = await page.evaluate(
    async (source) => {
      const image = new Image();
      image.src = source;
      await image.decode();
      const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
      canvas.getContext('2d')?.drawImage(image, 0, 0);
      return canvas.toDataURL('image/webp', 0.7);
    },
    `data:image/png;base64,${png.toString('base64')}`,
  );
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
}

const browser = await chromium.launch({ executablePath: requireChromium(), args: chromiumArgs });
try {
  const cells = await pictures(await browser.newPage());
  const page = await browser.newPage();
  const picture = await webP(page, await sheet(page, cells));
  await writeFile(file, picture);
  console.log(`${file}: ${Math.round(picture.length / 1_000)} kB`);
} finally {
  await browser.close();
}
