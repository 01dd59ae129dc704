import { code, expectSaved, newFormula, register } from '../support/journeys.ts';
import { expect, test } from '../support/test.ts';

test('a sweep: from the inputs to a map, a run, and the best inputs back in the formula', async ({ newPerson }) => {
  const { page, ...ada } = await newPerson('Ada');
  await register({ page, ...ada });
  await newFormula(page, 'Swept');

  await page.getByRole('button', { name: 'Sweep', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Sweep the inputs' });
  await dialog.getByLabel('slow step').fill('40');
  await dialog.getByLabel('slow step').press('Tab');
  await expect(dialog).toContainText(/200 settings · about \d+ seconds? of computing · \d+ MB of memory/);
  await dialog.getByRole('button', { name: 'Sweep', exact: true }).click();

  await expect(page).toHaveURL(/\/sweeps\/[0-9a-f-]{36}$/);
  const chosen = page.getByRole('region', { name: 'The chosen setting' });
  await expect(chosen).toContainText('Sharpe');
  const map = page.getByRole('img', { name: /Sharpe by fast and slow/ });
  await map.focus();
  const before = await chosen.locator('code').textContent();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await expect(chosen.locator('code')).not.toHaveText(before ?? '');

  const rows = page.getByRole('table', { name: 'Settings' }).getByRole('row');
  await rows.nth(1).click();
  const inputs = await chosen.locator('code').textContent();
  const [fast = '', slow = ''] = /fast (\d+), slow (\d+)/.exec(inputs ?? '')?.slice(1) ?? [];

  await test.step('its run opens with all its trades', async () => {
    const sharpe = await chosen.locator('div', { hasText: 'Sharpe' }).last().textContent();
    await chosen.getByRole('button', { name: 'Open the run' }).click();
    await expect(page).toHaveURL(/\/backtests\//);
    await expect(page.getByRole('table', { name: 'Trades' })).toBeVisible();
    await expect(page.locator('dl').first()).toContainText(sharpe?.replace('Sharpe', '') ?? '?');
    await page.getByRole('tab', { name: 'Settings and code' }).click();
    await expect(page.getByRole('tabpanel')).toContainText(`Input fast${fast}`);
    await page.goBack();
  });

  await test.step('its inputs are written into the formula, as a step that can be undone', async () => {
    await rows.nth(1).click();
    await page.getByRole('link', { name: 'Use these inputs' }).click();
    // The link alone changes nothing.
    await expect(page.getByRole('list', { name: 'Proposed inputs' })).toContainText(`fast: 20 → ${fast}`);
    await expect(code(page)).toContainText('input fast = 20 in');
    await page.getByRole('button', { name: 'Apply', exact: true }).click();
    await expect(code(page)).toContainText(`input fast = ${fast} in`);
    await expect(code(page)).toContainText(`input slow = ${slow} in`);
    await expectSaved(page);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(code(page)).toContainText('input fast = 20 in');
    await expect(code(page)).toContainText('input slow = 100 in');
  });
});

test('a walk-forward trades each window with what was best before it', async ({ newPerson }) => {
  const { page, ...ada } = await newPerson('Ada');
  await register({ page, ...ada });
  await newFormula(page, 'Forward');
  await page.getByRole('button', { name: 'Sweep', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Sweep the inputs' });
  await dialog.getByRole('radio', { name: 'Walk-forward' }).click();
  await dialog.getByLabel('Trade on').fill('500');
  await dialog.getByRole('button', { name: 'Walk forward' }).click();
  const windows = page.getByRole('table', { name: 'Windows' });
  await expect(windows.getByRole('row')).toHaveCount(1 + Math.ceil((5105 - 1000) / 500));
  await expect(windows).toContainText(/fast \d+, slow \d+/);
  await expect(page.getByText('Efficiency')).toBeVisible();
});

test('what a run costs is said before it starts, what is too much is refused there, and a queued run says its turn', async ({
  newPerson,
}) => {
  const { page, ...ada } = await newPerson('Ada');
  await register({ page, ...ada });
  await newFormula(page, 'Costly');
  const formula = page.url();
  await page.getByRole('button', { name: 'Run backtest', exact: true }).click();
  await expect(page.getByRole('dialog', { name: 'Run a backtest' })).toContainText('about 1 second of computing');
  await page.keyboard.press('Escape');

  const fill = async () => {
    await page.getByRole('button', { name: 'Sweep', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Sweep the inputs' });
    for (const [label, value] of [
      ['fast from', 5],
      ['fast to', 100],
      ['fast step', 1],
      ['slow from', 20],
      ['slow to', 400],
      ['slow step', 1],
    ] as const) {
      await dialog.getByLabel(label).fill(String(value));
      await dialog.getByLabel(label).press('Tab');
    }
    await expect(dialog).toContainText('36,576 settings');
    return dialog;
  };
  const dialog = await fill();
  await dialog.getByRole('radio', { name: 'Walk-forward' }).click();
  await dialog.getByLabel('Optimise on').fill('2');
  await dialog.getByLabel('Trade on').fill('1');
  await dialog.getByLabel('Trade on').press('Tab');
  await dialog.getByLabel('Anchored').click();
  await expect(dialog.getByText('This run would be refused')).toBeVisible();
  await expect(dialog).toContainText(
    /36,576 settings over 5,105 bars, window by window, would .* longer windows out of sample/,
  );
  await expect(dialog.getByRole('button', { name: 'Walk forward' })).toBeDisabled();
  await dialog.getByLabel('Optimise on').fill('250');
  await dialog.getByLabel('Trade on').fill('50');
  await dialog.getByLabel('Trade on').press('Tab');
  await expect(dialog.getByText('This run would be refused')).toBeHidden();
  await dialog.getByRole('button', { name: 'Walk forward' }).click();
  await expect(page).toHaveURL(/\/sweeps\//);
  const first = page.url();

  await page.goto(formula);
  const second = await fill();
  await expect(second).toContainText('1 of your organisation’s runs before it');
  await second.getByRole('button', { name: 'Sweep', exact: true }).click();
  await expect(page).toHaveURL(/\/sweeps\//);
  await expect(page.getByRole('status').filter({ hasText: '1 run of your organisation before it' })).toBeVisible();
  for (const url of [page.url(), first]) {
    await page.goto(url);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByText('The sweep was cancelled')).toBeVisible();
  }
});
