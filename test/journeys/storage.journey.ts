import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { Shop } from './shop.js';
import { Stage } from './stage.js';
import type { StageOptions } from './stage.js';

async function signedIn(name: string, options: StageOptions = {}): Promise<[Stage, Shop]> {
  const stage = await Stage.open(name, options);
  await stage.signInAtProvider();
  const shop = await stage.visit();
  await shop.reaches('signed-in');
  return [stage, shop];
}

const saidBlocked = async (shop: Shop): Promise<number> =>
  (await shop.seen('gc-error')).filter(({ detail }) => detail?.['code'] === 'storage-blocked').length;

async function nobodyWasAsked(shop: Shop): Promise<void> {
  assert.deepEqual(await shop.seen('gc-interaction-required'), []);
  assert.deepEqual(await shop.seen('gc-signed-out'), []);
  assert.equal(await shop.alert.count(), 0);
}

test('J24: storage is blocked: storage-blocked within 10 s, once, and the page is unharmed', async (t) => {
  const stage = await Stage.open('J24-storage', {
    early: () => {
      for (const name of ['localStorage', 'sessionStorage'] as const) {
        Object.defineProperty(window, name, {
          get() {
            throw new DOMException('The operation is insecure.', 'SecurityError');
          },
        });
      }
    },
  });
  t.after(() => stage.close());
  const shop = await stage.visit();
  await shop.saw('gc-error');
  const [first] = await shop.seen();
  const [error] = await shop.seen('gc-error');
  assert.equal(error?.detail?.['code'], 'storage-blocked');
  assert.ok((error?.at ?? Infinity) - (first?.at ?? 0) < 10_000, 'within 10 s');
  // Messenger itself does not start without storage.
  await shop.reaches('failed', 12_000);
  assert.equal(await saidBlocked(shop), 1);
  await shop.page.getByLabel('Note to the seller').fill('still works');
});

test('storage that takes nothing of ours: said once, and the session lives in memory', async (t) => {
  const [stage, shop] = await signedIn('storage-memory', {
    defaults: { jwtSeconds: 4 },
    early: () => {
      const { setItem } = Storage.prototype;
      Storage.prototype.setItem = function (key, value) {
        if (key.startsWith('gc-auth-messenger')) throw new DOMException('Full.', 'QuotaExceededError');
        setItem.call(this, key, value);
      };
    },
  });
  t.after(() => stage.close());
  const second = await stage.visit();
  await second.reaches('signed-in');
  const count = stage.refreshes().length;
  while (stage.refreshes().length === count) await delay(50);
  await shop.reaches('signed-in');
  await second.openChat();
  await second.say('In memory');
  assert.equal(await saidBlocked(shop), 1);
  assert.equal(await saidBlocked(second), 1);
  assert.equal(stage.genesys.counters.exchanges, 1);
  assert.equal(await second.call('signOut'), 'ok');
  await shop.reaches('signed-out');
  await shop.isClean();
  await second.isClean();
});

test('storage cleared while somebody is signed in: a silent code, no prompt', async (t) => {
  const [stage, shop] = await signedIn('storage-cleared', { defaults: { jwtSeconds: 4 } });
  t.after(() => stage.close());
  await shop.openChat();
  await shop.say('Before');
  stage.switch({ server: { jwtSeconds: 60 } });
  await shop.page.evaluate(() => {
    localStorage.clear();
    sessionStorage.clear();
  });
  while (stage.genesys.counters.exchanges < 2) await delay(50);
  await shop.reaches('signed-in');
  await shop.say('After');
  await nobodyWasAsked(shop);
  await shop.page.reload();
  await shop.reaches('signed-in');
  assert.equal(stage.genesys.counters.exchanges, 2, 'what is remembered is complete again');
  await shop.isClean();
});

test('storage full to the last byte: who is signed in stays so, after a reload too', async (t) => {
  const [stage, shop] = await signedIn('storage-full', { defaults: { jwtSeconds: 4 } });
  t.after(() => stage.close());
  await shop.page.evaluate(() => {
    for (const storage of [localStorage, sessionStorage]) {
      // Room for Messenger's own look whether it can write.
      storage.setItem('spare', '.'.repeat(20));
      for (let size = 2 ** 22, next = 0; size >= 1; next++) {
        try {
          storage.setItem(`filler${next}`, '.'.repeat(size));
        } catch {
          size = Math.floor(size / 2);
        }
      }
      storage.removeItem('spare');
    }
  });
  await shop.sawTokens(2);
  assert.equal(await saidBlocked(shop), 0);
  await nobodyWasAsked(shop);
  await shop.page.reload();
  await shop.reaches('signed-in');
  assert.equal(await saidBlocked(shop), 1);
  assert.equal(stage.genesys.counters.exchanges, 1);
  await nobodyWasAsked(shop);
  await shop.isClean();
});
