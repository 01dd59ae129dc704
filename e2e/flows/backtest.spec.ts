import { expectSaved, lastBacktest, newFormula, node, register, runBacktest, writeCode } from '../support/journeys.ts';
import { expect, test } from '../support/test.ts';

test('a backtest of real prices: from the click to its trades on the chart', async ({ newPerson }) => {
  const { page, ...ada } = await newPerson('Ada');
  await register({ page, ...ada });
  await newFormula(page, 'Golden cross');

  await page.getByRole('button', { name: 'Run backtest' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Commission').fill('0.1');
  await dialog.getByLabel('From').fill('2005-01-01');
  const since = performance.now();
  await dialog.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(lastBacktest(page)).toContainText('Done');
  process.stdout.write(`    from the click to the figures on screen: ${(performance.now() - since).toFixed(0)} ms\n`);

  await lastBacktest(page).getByRole('link', { name: 'Open the result' }).click();
  await expect(page.getByRole('heading', { name: /Golden cross/ })).toContainText('Done');
  const trades = page.getByRole('table', { name: 'Trades' });
  await expect(trades.getByRole('row')).not.toHaveCount(1);
  await trades.getByRole('row').nth(1).click();
  await expect(trades.getByRole('row', { selected: true })).toHaveCount(1);

  await page.getByRole('tab', { name: 'Metrics' }).click();
  await expect(page.getByText('Profit factor').first()).toBeVisible();
  await page.getByRole('tab', { name: 'By month' }).click();
  await expect(
    page.getByRole('cell', { name: '2008' }).or(page.getByRole('rowheader', { name: '2008' })),
  ).toBeVisible();
  await page.getByRole('tab', { name: 'Settings and code' }).click();
  await expect(page.getByText('fastLine = sma(close, fast)')).toBeVisible();

  await page.goto('/backtests');
  await expect(page.getByRole('table').getByRole('link', { name: /Golden cross/ })).toBeVisible();
});

test('a run that cannot succeed says why', async ({ newPerson }) => {
  const { page, ...ada } = await newPerson('Ada');
  await register({ page, ...ada });
  await newFormula(page, 'Nowhere', 'Empty');
  await writeCode(page, 'other = feed("NOPE")\nbuy(when: close > other.close)\n');
  await expect(node(page, 'buy')).toBeVisible();
  await expectSaved(page);
  await runBacktest(page);
  await expect(lastBacktest(page)).toContainText('Failed');
  await expect(lastBacktest(page)).toContainText('NOPE');
});

test('a formula with an error is shown where it is wrong and is not run', async ({ newPerson }) => {
  const { page, ...ada } = await newPerson('Ada');
  await register({ page, ...ada });
  await newFormula(page, 'Wrong', 'Empty');
  await writeCode(page, 'buy(when: close > sma(close, 0))\n');
  await expect(node(page, 'sma').getByLabel(/is at least/)).toBeVisible();
  await page.getByRole('tab', { name: 'Problems' }).click();
  await expect(page.getByTestId('details').getByRole('button', { name: /is at least/ })).toBeVisible();
  await page.getByRole('button', { name: 'Run backtest' }).click();
  await expect(page.getByRole('dialog')).toContainText('The strategy can’t run yet'.replace('’', "'"));
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Run', exact: true })).toBeDisabled();
});
