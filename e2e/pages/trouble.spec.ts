import { violationsOfAnyRule } from '../support/axe.ts';
import { register } from '../support/journeys.ts';
import { expect, test } from '../support/test.ts';

const SCHEMES = ['light', 'dark'] as const;

for (const colorScheme of SCHEMES) {
  test(`an address that leads nowhere says so, and leads back (${colorScheme})`, async ({ newPerson }) => {
    const { page } = await newPerson('Nobody', { colorScheme });
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('404')) errors.push(message.text());
    });
    const answer = await page.goto('/looms/of/yore');
    expect(answer?.status()).toBe(404);
    await expect(page.getByRole('heading', { name: 'There is nothing here' })).toBeVisible();
    await expect(page.locator('html')).toHaveClass(new RegExp(colorScheme));
    expect(await violationsOfAnyRule(page)).toEqual([]);
    expect(errors).toEqual([]);
    await page.getByRole('link', { name: 'All strategies' }).click();
    await expect(page).toHaveURL(/\/sign-in/);
  });

  test(`a page that breaks says so in its frame, and can be tried again (${colorScheme})`, async ({ newPerson }) => {
    const ada = await newPerson('Ada', { colorScheme });
    await register(ada);
    const { page } = ada;
    // An answer such as no server of ours gives.
    await page.route(/\/api\/trpc\/[^?]*signal\.list/, (route) => {
      const calls = (new URL(route.request().url()).pathname.split('/').at(-1) ?? '').split(',');
      return route.fulfill({ json: calls.map(() => ({ result: { data: { json: [null] } } })) });
    });
    await page.goto('/signals');
    await expect(page.getByRole('heading', { name: 'This page broke' })).toBeVisible();
    await expect(page.getByRole('navigation').first()).toBeVisible();
    expect(await violationsOfAnyRule(page)).toEqual([]);
    await page.unroute(/\/api\/trpc\/[^?]*signal\.list/);
    await page.getByRole('link', { name: 'All strategies' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Strategies' })).toBeVisible();
    await page.getByRole('link', { name: 'Signals' }).first().click();
    await expect(page.getByRole('heading', { level: 1, name: 'Signals' })).toBeVisible();
  });
}
