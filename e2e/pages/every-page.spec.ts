import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expectSaved } from '../support/journeys.ts';
import { expect, test, type Person } from '../support/test.ts';

const PUBLIC = ['/', '/sign-in', '/register'];
const PAGES = ['/formulas', '/backtests', '/sweeps', '/markets', '/bots', '/signals', '/team', '/settings', '/settings/documents'];

/** What the browser complained about while pages were looked at. */
function complaints(page: Page): string[] {
  const heard: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') heard.push(`${new URL(page.url()).pathname}: ${message.text()}`);
  });
  page.on('pageerror', (error) => heard.push(`${new URL(page.url()).pathname}: ${error.message}`));
  return heard;
}

async function asAda({ page }: Person): Promise<void> {
  await page.goto('/sign-in');
  await page.getByRole('button', { name: /^Ada/ }).click();
  await expect(page).toHaveURL(/\/formulas$/);
  await expect(page.getByRole('heading', { name: 'Formulas' })).toBeVisible();
}

async function openDemoFormula(page: Page): Promise<void> {
  await page.goto('/formulas');
  await page.getByRole('link', { name: 'Golden cross' }).first().click();
  await expectSaved(page);
}

/** Loaded, and no skeleton of it left. */
async function look(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('[data-skeleton]')).toHaveCount(0);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`every page is accessible (WCAG AA) in the ${colorScheme} theme, and the browser has nothing to complain about`, async ({ newPerson }) => {
    const person = await newPerson('Axel', { colorScheme });
    const heard = complaints(person.page);
    const found: string[] = [];
    const check = async (path: string): Promise<void> => {
      const { violations } = await new AxeBuilder({ page: person.page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']).analyze();
      found.push(...violations.map(({ id, nodes }) => `${path}: ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join('\n')}`));
    };
    for (const path of PUBLIC) {
      await look(person.page, path);
      await check(path);
    }
    await asAda(person);
    for (const path of PAGES) {
      await look(person.page, path);
      await check(path);
    }
    await openDemoFormula(person.page);
    await check('builder');
    expect(found).toEqual([]);
    expect(heard).toEqual([]);
  });
}

test('no page is wider than a telephone', async ({ newPerson }) => {
  const person = await newPerson('Mina', { viewport: { width: 390, height: 844 } });
  const overflow = () => person.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  for (const path of PUBLIC) {
    await look(person.page, path);
    expect(await overflow(), path).toBeLessThanOrEqual(0);
  }
  await asAda(person);
  for (const path of PAGES) {
    await look(person.page, path);
    expect(await overflow(), path).toBeLessThanOrEqual(0);
  }
  await openDemoFormula(person.page);
  expect(await overflow(), 'builder').toBeLessThanOrEqual(0);
});

test('everything can be reached from the keyboard', async ({ newPerson }) => {
  const person = await newPerson('Kai');
  const { page } = person;
  await asAda(person);
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByPlaceholder('What do you want to do?').fill('markets');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/markets$/);
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await expect(page).toHaveURL(/\/signals$/);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await openDemoFormula(page);
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(page.getByRole('dialog', { name: 'Run a backtest' })).toBeVisible();
});
