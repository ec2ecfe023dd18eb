import { expect } from '@playwright/test';
import { expectPrompt, expectSignedIn } from 'gc-auth-messenger/testing/playwright';
import { test } from './fixtures';

test('a person who is signed in at the provider sees no prompt', async ({ page, genesys }) => {
  await page.goto('/');
  await expectSignedIn(page);
  expect(genesys.problems).toEqual([]);
});

test('a person who is signed out signs in with one click', async ({ page, genesys }) => {
  genesys.signOut();
  await page.goto('/');
  await expectPrompt(page);
  const popup = page.waitForEvent('popup');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await (await popup).getByRole('button', { name: 'Sign in as alice' }).click();
  await expectSignedIn(page);
});
