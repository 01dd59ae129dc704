import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import { apiOf } from '../support/api.ts';
import { violationsInBothThemes } from '../support/axe.ts';
import { register } from '../support/journeys.ts';
import { seedFormula } from '../support/seed-formula.ts';
import { expect, test } from '../support/test.ts';

const CODE = `input fast = 10 in 5..50
fastLine = ema(close, fast)
slowLine = ema(close, 60)
buy(when: crossover(fastLine, slowLine))
sell(when: crossunder(fastLine, slowLine))
`;

test('runs are told apart by what differs, renamed, searched, deleted and brought back, and explained', async ({
  newPerson,
}) => {
  const { page, ...ada } = await newPerson('Ada');
  await register({ page, ...ada });
  const api = apiOf(page);
  const formulaId = (await seedFormula(page, { name: 'Told apart', code: CODE })).split('/').at(-1) ?? '';
  const marketId = (await api.market.list.query())[0]?.id ?? '';
  const start = (fast: number, commission: number) =>
    api.backtest.start.mutate({
      formulaId,
      marketId,
      settings: { ...DEFAULT_SETTINGS, commission },
      inputs: { fast },
    });
  await start(12, 0);
  const { backtestId } = await start(24, 0.001);
  await page.goto('/backtests');
  const table = page.getByRole('table', { name: 'Backtests' });
  const rows = table.getByRole('row').filter({ hasText: 'Told apart' });
  await expect(rows.filter({ hasText: 'Done' })).toHaveCount(2);

  await test.step('named by what differs', async () => {
    await expect(rows.filter({ hasText: 'fast 12 · no costs' })).toHaveCount(1);
    await expect(rows.filter({ hasText: 'fast 24 · commission 0.1%' })).toHaveCount(1);
  });

  await test.step('renamed from the menu of its row, and found by that name', async () => {
    await rows.filter({ hasText: 'fast 24' }).getByRole('link').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Rename…' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('With costs');
    await page.keyboard.press('Enter');
    await expect(table.getByRole('link', { name: /With costs/ })).toBeVisible();
    await page.getByRole('searchbox', { name: 'Search the runs' }).fill('with COSTS');
    await expect(rows).toHaveCount(1);
    await expect(page.getByRole('search', { name: 'Runs' }).getByRole('status')).toContainText('1 of 2');
    expect(await violationsInBothThemes(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
  });

  await test.step('deleted, and undone in the message', async () => {
    await rows.getByRole('link').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await expect(rows).toHaveCount(0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(rows).toHaveCount(1);
  });

  await test.step('a trade of its result is explained, with the path on a graph', async () => {
    await page.goto(`/backtests/${backtestId}`);
    await page.getByRole('table', { name: 'Trades' }).getByRole('row').nth(2).click();
    await page.getByRole('button', { name: 'Why the trade began' }).click();
    const why = page.getByRole('region', { name: 'Why' });
    await expect(why).toContainText(/buy was ordered, and filled at [\d,.]+ on the next bar/);
    await expect(page.getByTestId('node-fastLine')).toHaveAttribute('data-light', 'value');
    await page.getByRole('button', { name: 'Why the trade ended' }).click();
    await expect(why).toContainText(/sell was ordered/);
    expect(await violationsInBothThemes(page)).toEqual([]);
  });
});
