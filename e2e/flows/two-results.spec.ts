import { lastBacktest, newFormula, register, setField } from '../support/journeys.ts';
import { expect, test } from '../support/test.ts';

test('two results on one screen say with what each was made', async ({ newPerson }) => {
  const { page, ...ada } = await newPerson('Ada');
  await register({ page, ...ada });
  await newFormula(page, 'Two results');
  const preview = page.getByRole('list', { name: 'Preview made with' });
  const last = page.getByRole('list', { name: 'Last backtest made with' });

  await test.step('the preview: inputs as written, costs, the days of its bars', async () => {
    await expect(preview).toContainText(/fast \d+, slow \d+/);
    await expect(preview).toContainText('no costs');
    await expect(preview).toContainText(/\d{4} – \d+ \w+ \d{4}/);
  });

  await test.step('a run: its own inputs and costs, and the preview follows the costs at once', async () => {
    await page.getByRole('button', { name: 'Run backtest' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Commission').fill('0.2');
    await dialog.getByLabel('Commission').press('Tab');
    await dialog.getByLabel('fast').fill('7');
    await dialog.getByLabel('fast').press('Tab');
    await dialog.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(lastBacktest(page)).toContainText('Done');
    await expect(last).toContainText(/fast 7, slow \d+/);
    await expect(last).toContainText('commission 0.2%');
    await expect(last).toContainText('all bars');
    await expect(preview).toContainText('commission 0.2%');
    await expect(preview).not.toContainText('fast 7');
    await expect(lastBacktest(page).getByText(/^draft [0-9a-f]{6}$/)).toBeVisible();
  });

  await test.step('once the draft has moved on, the run says so; back again, it no longer does', async () => {
    await setField(page, 'fast', 'value', '12');
    await expect(preview).toContainText('fast 12');
    await expect(lastBacktest(page)).toContainText(/draft [0-9a-f]{6}, draft differs/);
    await page.keyboard.press('ControlOrMeta+z');
    await expect(lastBacktest(page)).not.toContainText('draft differs');
  });

  await test.step('the list names what tells two runs of a version apart, the result all that it was made with', async () => {
    await page.getByRole('button', { name: 'Run backtest' }).click();
    await page.getByRole('dialog').getByLabel('Commission').fill('0');
    await page.getByRole('dialog').getByLabel('Commission').press('Tab');
    await page.getByRole('dialog').getByRole('button', { name: 'Run', exact: true }).click();
    await expect(last).toContainText('no costs');
    await expect(lastBacktest(page)).toContainText('Done');
    await page.goto('/backtests');
    await expect(page.getByRole('row').filter({ hasText: 'commission 0.2%' })).toBeVisible();
    await expect(page.getByRole('row').filter({ hasText: 'no costs' }).first()).toBeVisible();
    await page.getByRole('row').filter({ hasText: 'commission 0.2%' }).getByRole('link').click();
    await expect(page.getByRole('banner').or(page.getByRole('main'))).toContainText([
      /all bars · fast 7, slow \d+ · commission 0\.2%/,
    ]);
  });

  await test.step('and beside each other', async () => {
    await page.getByRole('button', { name: 'Compare' }).click();
    const dialog = page.getByRole('dialog', { name: 'Compare with' });
    await dialog
      .getByLabel(/Two results draft/)
      .first()
      .click();
    await dialog.getByRole('button', { name: 'Compare 2 runs' }).click();
    const costs = page.getByRole('table', { name: 'Figures of the runs' }).getByRole('row', { name: /^Costs/ });
    await expect(costs).toContainText('commission 0.2%');
    await expect(costs).toContainText('no costs');
  });
});
