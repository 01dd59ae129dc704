import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** A screen of the demo, as somebody comes to it. */
export interface Screen {
  readonly name: string;
  /** Seen without an account. */
  readonly isPublic?: true;
  readonly open: (page: Page) => Promise<void>;
}

const at =
  (path: string) =>
  async (page: Page): Promise<void> => {
    await page.goto(path);
    await page.waitForLoadState('networkidle');
  };

/** The first row of a list, opened. */
const firstOf =
  (list: string) =>
  async (page: Page): Promise<void> => {
    await at(list)(page);
    await page.getByRole('table').getByRole('link').first().click();
    await expect(page).toHaveURL(new RegExp(`${list}/[0-9a-f-]{36}`));
    await page.waitForLoadState('networkidle');
  };

const builder = async (page: Page): Promise<void> => {
  await at('/formulas')(page);
  await page.getByRole('link', { name: 'Golden cross' }).first().click();
  await expect(page.getByRole('status', { name: 'Save state' })).toHaveText('Saved');
  await expect(page.locator('[data-arranged]')).toHaveAttribute('data-arranged', 'true');
  await page.waitForLoadState('networkidle');
  // A telephone shows code in its place.
  const preview = page.getByRole('region', { name: 'Preview' });
  if (await preview.isVisible()) await expect(preview).toContainText(/\d bars/, { timeout: 30_000 });
};

/** A screen, with a dialog that a key opens. */
const withKey =
  (open: (page: Page) => Promise<void>, key: string) =>
  async (page: Page): Promise<void> => {
    await open(page);
    await page.keyboard.press(key);
    await expect(page.getByRole('dialog')).toBeVisible();
  };

const compare = async (page: Page): Promise<void> => {
  await at('/backtests')(page);
  const links = await page.getByRole('table').getByRole('link').all();
  const paths = await Promise.all(links.slice(0, 3).map((link) => link.getAttribute('href')));
  const ids = paths.map((path) => path?.split('/').at(-1) ?? '');
  await at(`/backtests/compare?ids=${ids.join(',')}`)(page);
};

/** Every screen that there is; `npm run pictures` takes each in both themes at three widths. */
export const SCREENS: readonly Screen[] = [
  { name: 'landing', isPublic: true, open: at('/') },
  { name: 'try', isPublic: true, open: at('/try') },
  { name: 'sign-in', isPublic: true, open: at('/sign-in') },
  { name: 'register', isPublic: true, open: at('/register') },
  { name: 'not-found', isPublic: true, open: at('/nowhere') },
  { name: 'strategies', open: at('/formulas') },
  { name: 'new-strategy', open: withKey(at('/formulas'), 'n') },
  { name: 'builder', open: builder },
  {
    name: 'why',
    open: async (page) => {
      await builder(page);
      // The key waits for nothing: without a result there is nothing to explain.
      await expect(async () => {
        await page.keyboard.press('e');
        await expect(page.getByRole('region', { name: 'Why' })).toBeVisible({ timeout: 2000 });
      }).toPass({ timeout: 30_000 });
    },
  },
  { name: 'run-backtest', open: withKey(builder, 'ControlOrMeta+Enter') },
  { name: 'sweep-dialog', open: withKey(builder, 'ControlOrMeta+Shift+Enter') },
  { name: 'commands', open: withKey(builder, 'ControlOrMeta+k') },
  { name: 'keys', open: withKey(builder, '?') },
  { name: 'backtests', open: at('/backtests') },
  { name: 'backtest', open: firstOf('/backtests') },
  { name: 'compare', open: compare },
  { name: 'sweeps', open: at('/sweeps') },
  { name: 'sweep', open: firstOf('/sweeps') },
  { name: 'markets', open: at('/markets') },
  {
    name: 'import',
    open: async (page) => {
      await at('/markets')(page);
      await page.getByRole('button', { name: 'Import CSV' }).first().click();
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  },
  { name: 'bots', open: at('/bots') },
  { name: 'signals', open: at('/signals') },
  { name: 'reference', open: at('/reference') },
  { name: 'team', open: at('/team') },
  { name: 'settings', open: at('/settings') },
  { name: 'billing', open: at('/settings/billing') },
  { name: 'pricing', open: at('/pricing') },
  { name: 'documents', open: at('/settings/documents') },
];
