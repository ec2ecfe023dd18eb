import type { Queries } from './driver/driver.js';

/** Signs in on the provider's login page. */
export async function fillLogin(page: Queries, account: string): Promise<void> {
  await page.getByLabel('Account').fill(account);
  await page.getByLabel('Password').fill('demo');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}
