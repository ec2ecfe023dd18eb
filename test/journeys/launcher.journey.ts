import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Locator } from './driver/driver.js';
import { TestSite } from './test-site.js';

/** Place, colours and text of a launcher. */
const look = (launcher: Locator): Promise<unknown> =>
  launcher.evaluate((button) => {
    const { left, bottom, height } = button.getBoundingClientRect();
    const { backgroundColor, color } = getComputedStyle(button);
    return { left: Math.round(left), bottom, height, backgroundColor, color, text: button.textContent.trim() };
  });

test('the first click fetches Messenger, whose launcher takes the place of the element’s without a jump', async (t) => {
  const site = await TestSite.open('launcher', {
    attributes: { loading: 'interaction' },
    defaults: {
      alignment: 'Left',
      sideSpace: 44,
      bottomSpace: 30,
      primaryColor: '#7a1f5c',
      launcherDisplay: 'IconAndText',
      launcherText: 'Ask us',
    },
  });
  t.after(() => site.close());
  await site.signInAtProvider();
  const shop = await site.openPage();
  const ours = shop.element.locator('[part=launcher]');
  await ours.waitFor();
  await shop.page.screenshot({ path: site.screenshotPath('before') });
  const before = await look(ours);
  await ours.click();
  await shop.waitForState('signed-in');
  const native = shop.messenger.locator('[part=launcher]');
  await native.waitFor();
  await shop.page.screenshot({ path: site.screenshotPath('after') });
  assert.deepEqual(await look(native), before);
  assert.equal(await ours.count(), 0);
  // The click has opened its window, too.
  await shop.messenger.locator('[part=launcher][aria-expanded=true]').waitFor();
  await shop.checkInvariants();
});
