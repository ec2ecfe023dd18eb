import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { at, pages, sides } from './docs/pages.js';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

/** Hosts that serve packages, besides the one of the samples. */
const packageHost = /(^|\.)(unpkg\.com|jsdelivr\.net|esm\.sh|skypack\.dev|cdnjs\.cloudflare\.com)$/;

const packageFile = /\/(gc-auth-messenger(\.iife)?|inspector|doctor|locales\/[\w-]+)\.js$/;

/** Whether a file of the package comes from there. An address without a path is that of the host. */
function isOfPackage(address: string): boolean {
  const { hostname, pathname } = new URL(address, 'https://www.example.com');
  if (hostname === 'www.example.com') return false;
  if (packageHost.test(hostname)) return pathname.includes('gc-auth-messenger');
  return (hostname === 'cdn.example' && pathname !== '/') || packageFile.test(pathname);
}

const addresses = (text: string): string[] =>
  [...text.matchAll(/(?:https?:)?\/\/[\w.-]+\.[a-z]+[^\s"'`<>()]*/g)].map(([address]) => address).filter(isOfPackage);

/** Addresses of other versions, or of none. */
const otherVersions = (text: string): string[] =>
  addresses(text).filter((address) => !new RegExp(`[/@]${version.replaceAll('.', '\\.')}/`).test(address));

/** Tags and scripts that load a file of the package without a hash of it. */
function unpinned(code: string): string[] {
  const tags = Array.from(code.matchAll(/<(?:script|link)\b[^>]*>/g), ([tag]) => tag).filter(
    (tag) => addresses(tag).length > 0 && !(/\sintegrity="/.test(tag) && /\scrossorigin\b/.test(tag)),
  );
  const statements = Array.from(code.matchAll(/\.(?:src|href) = .+/g), ([statement]) => statement).filter(
    (statement) => addresses(statement).length > 0 && !(/\.integrity = /.test(code) && /\.crossOrigin = /.test(code)),
  );
  return [...tags, ...statements];
}

// The changelog may name versions of the past.
const current = pages.filter(({ file }) => file !== 'CHANGELOG.md');

describe('addresses of the package on other hosts', () => {
  it('have its version', () => {
    const found = current.flatMap((page) =>
      page.text
        .split('\n')
        .flatMap((line, index) => otherVersions(line).map((address) => `${at(page, index + 1)}: ${address}`)),
    );
    assert.deepEqual(found, []);
    assert.ok(current.flatMap(({ text }) => addresses(text)).length > 10);
  });

  it('have integrity and crossorigin in tags and scripts', () => {
    const found = current.flatMap(({ samples }) =>
      samples.flatMap((sample) =>
        unpinned(sample.language === 'diff' ? sides(sample).after : sample.code).map(
          (fault) => `${at(sample, sample.line)}: ${fault}`,
        ),
      ),
    );
    assert.deepEqual(found, []);
  });

  it('would fail otherwise', () => {
    const tag = `<script src="https://cdn.example/${version}/gc-auth-messenger.js"></script>`;
    const pinned = tag.replace('></', ' integrity="sha384-…" crossorigin></');
    const address = `https://cdn.jsdelivr.net/npm/gc-auth-messenger@${version}/dist/doctor.js`;
    for (const right of [
      pinned,
      address,
      'https://cdn.example/',
      '/gc-auth-messenger.js',
      'https://www.example.com/',
    ]) {
      assert.deepEqual([...otherVersions(right), ...unpinned(right)], [], right);
    }
    for (const wrong of [pinned, address].flatMap((text) =>
      ['', '0.0.9', 'latest', 'v1'].map((other) => text.replace(version, other)),
    )) {
      assert.equal(otherVersions(wrong).length, 1, wrong);
    }
    for (const wrong of [
      tag,
      tag.replace('></', ' crossorigin></'),
      tag.replace('></', ' integrity="sha384-…"></'),
      tag.replace('https:', ''),
      `<link rel="modulepreload" href="${address}" />`,
      `script.src = '${address}';`,
    ]) {
      assert.equal(unpinned(wrong).length, 1, wrong);
    }
  });
});
