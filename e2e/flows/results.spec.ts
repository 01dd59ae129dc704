import { readFile } from 'node:fs/promises';
import { lastBacktest, newFormula, register, runBacktest, setField } from '../support/journeys.ts';
import { expect, test } from '../support/test.ts';

test('a result: what else might have become of it, its export, and another run beside it', async ({ newPerson }) => {
  const { page, ...ada } = await newPerson('Ada');
  await register({ page, ...ada });
  await newFormula(page, 'Results');
  await runBacktest(page);
  await expect(lastBacktest(page)).toContainText('Done');
  await setField(page, 'fast', 'value', '40');
  await runBacktest(page);
  await expect(lastBacktest(page)).toContainText(/fast 40/);
  await expect(lastBacktest(page)).toContainText('Done');
  await lastBacktest(page).getByRole('link', { name: 'Open the result' }).click();

  await test.step('Monte Carlo: the same seed, the same runs', async () => {
    await page.getByRole('tab', { name: 'Monte Carlo' }).click();
    const outcomes = page.getByRole('table', { name: 'Outcomes of the runs' });
    await expect(outcomes).toContainText('median');
    const first = await outcomes.textContent();
    await page.getByLabel('Seed').fill('2');
    await page.getByLabel('Seed').press('Tab');
    await expect(outcomes).not.toHaveText(first ?? '');
    await page.getByLabel('Seed').fill('1');
    await page.getByLabel('Seed').press('Tab');
    await expect(outcomes).toHaveText(first ?? '');
  });

  await test.step('the export has every bar and every trade', async () => {
    const download = async (title: string): Promise<string> => {
      await page.getByRole('button', { name: 'Export' }).click();
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('menuitem', { name: title }).click(),
      ]);
      return readFile(await file.path(), 'utf8');
    };
    const equity = (await download('Equity, bar by bar, as CSV')).trimEnd().split('\n');
    expect(equity).toHaveLength(1 + 5105);
    expect(equity[0]).toBe('time,equity,drawdown,benchmark');
    const everything = JSON.parse(await download('Everything as JSON')) as { format: string; trades: unknown[] };
    expect(everything.format).toBe('alphaloom/backtest@1');
    expect((await download('Trades as CSV')).trimEnd().split('\n')).toHaveLength(1 + everything.trades.length);
  });

  await test.step('two runs over each other', async () => {
    await page.getByRole('button', { name: 'Compare' }).click();
    const dialog = page.getByRole('dialog', { name: 'Compare with' });
    await dialog.getByLabel(/Results draft/).click();
    await dialog.getByRole('button', { name: 'Compare 2 runs' }).click();
    const figures = page.getByRole('table', { name: 'Figures of the runs' });
    await expect(figures).toContainText(/A Results draft [0-9a-f]{6}/);
    await expect(figures).toContainText(/B Results draft [0-9a-f]{6}/);
    await expect(figures.getByLabel('best').first()).toBeVisible();
  });
});

test('the same question is answered at once', async ({ newPerson }) => {
  const { page, ...ada } = await newPerson('Ada');
  await register({ page, ...ada });
  await newFormula(page, 'Asked twice');
  await runBacktest(page);
  await expect(lastBacktest(page)).toContainText('Done');
  await runBacktest(page);
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.goto('/backtests');
  const rows = page.getByRole('table', { name: 'Backtests' }).getByRole('row').filter({ hasText: 'Asked twice' });
  await expect(rows).toHaveCount(2);
  await expect(rows.filter({ hasText: 'Done' })).toHaveCount(2);
});
