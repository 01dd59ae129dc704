import type { Page } from '@playwright/test';
import { violationsInBothThemes } from '../support/axe.ts';
import { expectSaved, lastBacktest } from '../support/journeys.ts';
import { expect, test, type Person } from '../support/test.ts';

const PUBLIC = ['/', '/try', '/sign-in', '/register', '/forgot', '/reset#none', '/verify', '/confirm-address'];
const PAGES = [
  '/formulas',
  '/reviews',
  '/backtests',
  '/sweeps',
  '/markets',
  '/bots',
  '/signals',
  '/team',
  '/settings',
  '/settings/security',
  '/settings/sessions',
  '/settings/documents',
  '/settings/audit',
  '/settings/organisation',
  '/settings/billing',
  '/admin',
  '/admin/users',
  '/admin/organisations',
  '/admin/mail',
  '/admin/jobs',
  '/admin/audit',
];

/** What the browser complained about while pages were looked at. */
function complaints(page: Page): string[] {
  const heard: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      heard.push(`${new URL(page.url()).pathname}: ${message.text()}`);
  });
  page.on('pageerror', (error) => heard.push(`${new URL(page.url()).pathname}: ${error.message}`));
  return heard;
}

async function asAda({ page }: Person): Promise<void> {
  await page.goto('/sign-in');
  await page.getByRole('button', { name: /^Ada/ }).click();
  await expect(page).toHaveURL(/\/formulas$/);
  await expect(page.getByRole('heading', { level: 1, name: 'Strategies' })).toBeVisible();
}

async function openDemoFormula(page: Page): Promise<void> {
  await page.goto('/formulas');
  await page.getByRole('link', { name: 'Golden cross' }).first().click();
  await expectSaved(page);
}

interface Runs {
  readonly backtest: string;
  readonly compare: string;
  readonly sweep: string;
  readonly forward: string;
}

let made: Runs | null = null;

/** Where there are results to look at, made once for all tests here. */
async function someRuns({ page }: Person): Promise<Runs> {
  if (made) return made;
  const dialog = page.getByRole('dialog');
  const start = async (button: string, setUp: () => Promise<void>, go: string): Promise<void> => {
    await openDemoFormula(page);
    await page.getByRole('button', { name: button, exact: true }).click();
    await setUp();
    await dialog.getByRole('button', { name: go, exact: true }).click();
    await expect(dialog).toBeHidden();
  };
  const backtests: string[] = [];
  for (const cash of ['10000', '20000']) {
    const before = backtests.at(-1);
    await start('Run backtest', () => dialog.getByLabel('Cash').fill(cash), 'Run');
    if (before)
      await expect(lastBacktest(page).getByRole('link', { name: 'Open the result' })).not.toHaveAttribute(
        'href',
        `/backtests/${before}`,
      );
    await expect(lastBacktest(page)).toContainText('Done');
    await lastBacktest(page).getByRole('link', { name: 'Open the result' }).click();
    await expect(page).toHaveURL(/\/backtests\/[0-9a-f-]{36}$/);
    const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    backtests.push(id);
  }
  await start('Sweep', async () => dialog.getByLabel('slow step').fill('50'), 'Sweep');
  await expect(page.getByRole('table', { name: 'Settings' })).toBeVisible();
  const sweep = new URL(page.url()).pathname;
  await start('Sweep', async () => dialog.getByRole('radio', { name: 'Walk-forward' }).click(), 'Walk forward');
  await expect(page.getByRole('table', { name: 'Windows' })).toBeVisible({ timeout: 60_000 });
  made = {
    backtest: `/backtests/${backtests[0] ?? ''}`,
    compare: `/backtests/compare?ids=${backtests.join(',')}`,
    sweep,
    forward: new URL(page.url()).pathname,
  };
  return made;
}

/** Looks at each part of results: `seen` is told what is on screen. */
async function lookAtRuns(
  page: Page,
  { backtest, compare, sweep, forward }: Runs,
  seen: (what: string) => Promise<void>,
): Promise<void> {
  const shown = async (path: string, table: string): Promise<void> => {
    await look(page, path);
    await expect(page.getByRole('table', { name: table })).toBeVisible();
    await seen(path);
  };
  await shown(backtest, 'Trades');
  for (const tab of ['Metrics', 'By month', 'Monte Carlo', 'Rejected orders', 'Settings and code']) {
    await page.getByRole('tab', { name: tab }).click();
    await seen(`${backtest}, ${tab}`);
  }
  await shown(compare, 'Figures of the runs');
  await shown(sweep, 'Settings');
  await shown(forward, 'Windows');
}

/** Loaded, and no skeleton of it left. */
async function look(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('[data-skeleton]')).toHaveCount(0);
}

test('every page is accessible (WCAG AA) in both themes, and the browser has nothing to complain about', async ({
  newPerson,
}) => {
  test.slow();
  const person = await newPerson('Axel');
  const heard = complaints(person.page);
  const found: string[] = [];
  const check = async (path: string): Promise<void> => {
    found.push(...(await violationsInBothThemes(person.page)).map((text) => `${path}: ${text}`));
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
  await lookAtRuns(person.page, await someRuns(person), check);
  expect(found).toEqual([]);
  expect(heard).toEqual([]);
});

test('no page is wider than a telephone', async ({ newPerson }) => {
  const person = await newPerson('Mina', { viewport: { width: 390, height: 844 } });
  const overflow = () =>
    person.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
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
  await expect(person.page.getByRole('button', { name: 'Run backtest' })).toBeInViewport({ ratio: 1 });
  await person.page.getByRole('button', { name: 'More about Golden cross' }).click();
  for (const name of ['Undo', 'Redo', 'Save version…', 'Sweep…'])
    await expect(person.page.getByRole('menuitem', { name })).toBeInViewport({ ratio: 1 });
  await person.page.keyboard.press('Escape');
  const wide = await newPerson('Mina');
  await asAda(wide);
  await lookAtRuns(person.page, await someRuns(wide), async (what) =>
    expect(await overflow(), what).toBeLessThanOrEqual(0),
  );
});

test('everything can be reached from the keyboard', async ({ newPerson }) => {
  const person = await newPerson('Kai');
  const { page } = person;
  await asAda(person);
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByPlaceholder('What do you want to do, or find?').fill('markets');
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
