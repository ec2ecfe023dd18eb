import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { ShopPage } from './shop-page.js';
import { TestSite } from './test-site.js';
import type { TestSiteOptions } from './test-site.js';

async function signedIn(name: string, options: TestSiteOptions = {}): Promise<[TestSite, ShopPage]> {
  const site = await TestSite.open(name, options);
  await site.signInAtProvider();
  const shop = await site.openPage();
  await shop.waitForState('signed-in');
  return [site, shop];
}

const storageErrors = async (shop: ShopPage): Promise<number> =>
  (await shop.events('gc-error')).filter(({ detail }) => detail?.['code'] === 'storage-blocked').length;

async function checkNoPrompt(shop: ShopPage): Promise<void> {
  assert.deepEqual(await shop.events('gc-interaction-required'), []);
  assert.deepEqual(await shop.events('gc-signed-out'), []);
  assert.equal(await shop.reAuthenticatingAlert.count(), 0);
}

test('J24: storage is blocked: storage-blocked within 10 s, once, and the page still works', async (t) => {
  const site = await TestSite.open('J24-storage', {
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
  t.after(() => site.close());
  const shop = await site.openPage();
  await shop.waitForEvent('gc-error');
  const [first] = await shop.events();
  const [error] = await shop.events('gc-error');
  assert.equal(error?.detail?.['code'], 'storage-blocked');
  assert.ok((error?.at ?? Infinity) - (first?.at ?? 0) < 10_000, 'within 10 s');
  // Messenger does not start without storage.
  await shop.waitForState('failed', 12_000);
  assert.equal(await storageErrors(shop), 1);
  await shop.page.getByLabel('Note to the seller').fill('still works');
});

test('storage that rejects the element’s keys: one error, and the session works in memory', async (t) => {
  const [site, shop] = await signedIn('storage-memory', {
    defaults: { jwtSeconds: 4 },
    early: () => {
      const { setItem } = Storage.prototype;
      Storage.prototype.setItem = function (key, value) {
        if (key.startsWith('gc-auth-messenger')) throw new DOMException('Full.', 'QuotaExceededError');
        setItem.call(this, key, value);
      };
    },
  });
  t.after(() => site.close());
  const second = await site.openPage();
  await second.waitForState('signed-in');
  const count = site.refreshes().length;
  while (site.refreshes().length === count) await delay(50);
  await shop.waitForState('signed-in');
  await second.openChat();
  await second.say('In memory');
  assert.equal(await storageErrors(shop), 1);
  assert.equal(await storageErrors(second), 1);
  assert.equal(site.genesys.counters.exchanges, 1);
  assert.equal(await second.call('signOut'), 'ok');
  await shop.waitForState('signed-out');
  await shop.checkInvariants();
  await second.checkInvariants();
});

test('storage cleared during a session: a silent code, no prompt', async (t) => {
  const [site, shop] = await signedIn('storage-cleared', { defaults: { jwtSeconds: 4 } });
  t.after(() => site.close());
  await shop.openChat();
  await shop.say('Before');
  site.setSwitches({ server: { jwtSeconds: 60 } });
  await shop.page.evaluate(() => {
    localStorage.clear();
    sessionStorage.clear();
  });
  while (site.genesys.counters.exchanges < 2) await delay(50);
  await shop.waitForState('signed-in');
  await shop.say('After');
  await checkNoPrompt(shop);
  await shop.page.reload();
  await shop.waitForState('signed-in');
  assert.equal(site.genesys.counters.exchanges, 2, 'the reload needs no new code');
  await shop.checkInvariants();
});

test('storage full: the person stays signed in, after a reload, too', async (t) => {
  const [site, shop] = await signedIn('storage-full', { defaults: { jwtSeconds: 4 } });
  t.after(() => site.close());
  await shop.page.evaluate(() => {
    for (const storage of [localStorage, sessionStorage]) {
      // Leaves space for Messenger's own test of the storage.
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
  await shop.waitForTokens(2);
  assert.equal(await storageErrors(shop), 0);
  await checkNoPrompt(shop);
  await shop.page.reload();
  await shop.waitForState('signed-in');
  assert.equal(await storageErrors(shop), 1);
  assert.equal(site.genesys.counters.exchanges, 1);
  await checkNoPrompt(shop);
  await shop.checkInvariants();
});
