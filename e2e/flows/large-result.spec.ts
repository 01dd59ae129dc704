import { textOf } from '../support/files.ts';
import { lastBacktest, newFormula, node, register, runBacktest, writeCode } from '../support/journeys.ts';
import { expect, test } from '../support/test.ts';

const BARS = 200_000;
const MINUTE = 60_000;
const START = Date.UTC(2022, 0, 3);

/** Minutes of waves upon waves, so that averages cross some thousand times. */
function minutes(): string {
  const price = (bar: number): number => 100 + 20 * Math.sin(bar / 9000) + 3 * Math.sin(bar / 31) + Math.sin(bar / 5);
  const lines = Array.from({ length: BARS }, (_, bar) => {
    const [open, close] = [price(bar), price(bar + 1)];
    return `${START + bar * MINUTE},${open.toFixed(4)},${(Math.max(open, close) + 0.01).toFixed(4)},${(Math.min(open, close) - 0.01).toFixed(4)},${close.toFixed(4)},100`;
  });
  return ['time,open,high,low,close,volume', ...lines].join('\n');
}

test('a run over 200,000 bars: few rows and points on the screen, every one where one looks, all of them in the export', async ({
  newPerson,
}) => {
  const { page, ...ada } = await newPerson('Ada');
  await register({ page, ...ada });
  await page.goto('/markets');
  await page.getByRole('button', { name: 'Import CSV' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog
    .locator('input[type=file]')
    .setInputFiles({ name: 'aaa.csv', mimeType: 'text/csv', buffer: Buffer.from(minutes()) });
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(dialog).toBeHidden({ timeout: 60_000 });
  await newFormula(page, 'Often', 'Empty');
  await writeCode(
    page,
    'fast = ema(close, 5)\nslow = ema(close, 20)\nbuy(when: crossover(fast, slow), size: 50%)\nsell(when: crossunder(fast, slow))\n',
  );
  await expect(node(page, 'slow')).toBeVisible();
  await runBacktest(page);
  await expect(lastBacktest(page)).toContainText('Done', { timeout: 60_000 });
  await lastBacktest(page).getByRole('link', { name: 'Open the result' }).click();

  const trades = page.getByRole('table', { name: 'Trades' });
  await expect(trades).toHaveAttribute('aria-rowcount', /^[1-9]\d{3,}$/);
  expect(await trades.getByRole('row').count()).toBeLessThan(100);
  await expect(page.getByText(/^[\d,]+ trades here: zoom in to see them\.$/)).toBeVisible();

  await test.step('a trade is shown bar by bar', async () => {
    const fine = page.waitForResponse((response) => response.url().includes('backtest.curve') && response.ok());
    await trades.getByRole('row').nth(2).click();
    const bodies = JSON.parse(await (await fine).text()) as { result: { data: { json: { time: number[] } } } }[];
    const { time } = bodies.at(-1)?.result.data.json ?? { time: [] };
    expect(new Set(time.slice(1).map((at, index) => at - (time[index] ?? 0)))).toEqual(new Set([MINUTE]));
    await expect(page.getByText(/trades here/)).toBeHidden();
  });

  await test.step('a trade is explained, from the bars around it', async () => {
    await page.getByRole('button', { name: 'Why the trade began' }).click();
    const why = page.getByRole('region', { name: 'Why' });
    await expect(why).toContainText(/buy was ordered, and filled at [\d,.]+ on the next bar/);
    await expect(page.getByText(/^Computed from the [\d,]+ bars around this one/)).toBeVisible();
  });

  await test.step('the export has every bar', async () => {
    await page.getByRole('button', { name: 'Export' }).click();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'Equity, bar by bar, as CSV' }).click(),
    ]);
    expect((await textOf(file)).trimEnd().split('\n')).toHaveLength(1 + BARS);
  });
});
