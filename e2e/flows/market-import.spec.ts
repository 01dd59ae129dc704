import { lastBacktest, newFormula, register } from '../support/journeys.ts';
import { expect, test } from '../support/test.ts';

const DAY = 86_400_000;
const day = (index: number): string => new Date(Date.UTC(2021, 0, 4) + index * DAY).toISOString().slice(0, 10);
const lines = Array.from(
  { length: 300 },
  (_, index) => `${day(index)},${100 + index},${102 + index},${99 + index},${101 + index},1000`,
);
const csv = (rows: readonly string[]): Buffer => Buffer.from(['Date,Open,High,Low,Close,Volume', ...rows].join('\n'));

test('a file with bad lines is refused with each reason and its line, and imported once it is right', async ({
  newPerson,
}) => {
  const { page, ...ada } = await newPerson('Ada');
  await register({ page, ...ada });
  await page.goto('/markets');
  await page.getByRole('button', { name: 'Import CSV' }).first().click();
  const dialog = page.getByRole('dialog');
  const choose = (rows: readonly string[]) =>
    dialog.locator('input[type=file]').setInputFiles({ name: 'acme.csv', mimeType: 'text/csv', buffer: csv(rows) });

  await choose(
    lines
      .with(1, `${day(1)},100,90,99,100,1000`)
      .with(7, 'not a bar at all')
      .with(9, lines[5] ?? '')
      .with(20, lines[19] ?? '')
      .with(30, `${day(30)},0,132,0,131,1000`),
  );
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(dialog).toContainText('5 lines are not right; nothing was imported');
  for (const [line, words] of [
    [3, 'The high 90 is below the low 99.'],
    [9, 'The line has 1 field where the file has 6 columns.'],
    [11, 'The time is before that of the line before.'],
    [22, 'The time is that of the line before.'],
    [32, 'The open is 0: prices are above 0.'],
  ]) {
    await expect(dialog.getByRole('listitem').filter({ hasText: new RegExp(`^Line ${line}:`) })).toContainText(
      String(words),
    );
  }

  await choose(lines);
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(dialog).toBeHidden();
  const row = page.getByRole('row', { name: /ACME/ });
  await expect(row).toContainText('300');
});

test('holes in the bars are told at the import, before a run and beside its result', async ({ newPerson }) => {
  const { page, ...ada } = await newPerson('Ada');
  await register({ page, ...ada });
  await page.goto('/markets');
  await page.getByRole('button', { name: 'Import CSV' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('input[type=file]').setInputFiles({
    name: 'aaa.csv',
    mimeType: 'text/csv',
    buffer: csv([...lines.slice(0, 100), ...lines.slice(130)]),
  });
  const hole = `Between ${day(99)} 00:00 and ${day(130)} 00:00 there are no bars.`;
  await expect(dialog.getByLabel('A bar lasts')).toContainText('1d');
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(dialog.getByRole('status')).toContainText(hole);
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(dialog).toBeHidden();

  await newFormula(page, 'Holes');
  await page.getByRole('button', { name: 'Run backtest' }).click();
  await expect(dialog.getByLabel('Market')).toContainText('AAA');
  await expect(dialog.getByRole('status').filter({ hasText: 'There is a hole in the bars.' })).toContainText(hole);
  await dialog.getByLabel('From').fill(day(140));
  await expect(dialog.getByText('There is a hole in the bars.')).toBeHidden();
  await dialog.getByLabel('From').fill('');
  await dialog.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(lastBacktest(page)).toContainText('Done');
  await lastBacktest(page).getByRole('link', { name: 'Open the result' }).click();
  await expect(page.getByText(hole)).toBeVisible();
});

test('minutes are known to be minutes, and nobody can call them days', async ({ newPerson }) => {
  const { page, ...ada } = await newPerson('Ada');
  await register({ page, ...ada });
  await page.goto('/markets');
  await page.getByRole('button', { name: 'Import CSV' }).first().click();
  const dialog = page.getByRole('dialog');
  const minutes = lines.map((line, index) =>
    line.replace(day(index), new Date(Date.UTC(2021, 0, 4) + index * 60_000).toISOString()),
  );
  await dialog
    .locator('input[type=file]')
    .setInputFiles({ name: 'minutes.csv', mimeType: 'text/csv', buffer: csv(minutes) });
  await expect(dialog.getByLabel('A bar lasts')).toContainText('1m');
  await dialog.getByLabel('A bar lasts').click();
  await page.getByRole('option', { name: '1d', exact: true }).click();
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(dialog.getByRole('alert')).toContainText('Bars of 1d would overlap');
  await expect(dialog.getByRole('alert')).toContainText('They are bars of 1m.');
});

test('symbol, name and length are those of the file chosen last, but for what was typed', async ({ newPerson }) => {
  const { page, ...ada } = await newPerson('Ada');
  await register({ page, ...ada });
  await page.goto('/markets');
  await page.getByRole('button', { name: 'Import CSV' }).first().click();
  const dialog = page.getByRole('dialog');
  const choose = (name: string, rows: readonly string[]) =>
    dialog.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: csv(rows) });
  const halves = lines.map((line, index) =>
    line.replace(day(index), new Date(Date.UTC(2021, 0, 4) + (index * DAY) / 2).toISOString()),
  );

  await choose('GOOG.csv', lines);
  await expect(dialog.getByLabel('Symbol')).toHaveValue('GOOG');
  await expect(dialog.getByLabel('A bar lasts')).toContainText('1d');
  await choose('EURUSD.csv', halves);
  await expect(dialog.getByLabel('Symbol')).toHaveValue('EURUSD');
  await expect(dialog.getByLabel('Name')).toHaveValue('EURUSD');
  await expect(dialog.getByLabel('A bar lasts')).toContainText('12h');
  await dialog.getByLabel('Name').fill('Euro in dollars');
  await choose('gbpusd.csv', lines);
  await expect(dialog.getByLabel('Symbol')).toHaveValue('GBPUSD');
  await expect(dialog.getByLabel('Name')).toHaveValue('Euro in dollars');
  await choose('eurusd.csv', halves.toReversed());
  await expect(dialog.getByRole('status')).toContainText(
    'The newest bar stands first in the file: it is read from its end.',
  );
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('row', { name: /EURUSD/ })).toContainText('Euro in dollars');
  await expect(page.getByRole('row', { name: /EURUSD/ })).toContainText('12h');
});

test('a file that does not say how long its bars last asks for it', async ({ newPerson }) => {
  const { page, ...ada } = await newPerson('Ada');
  await register({ page, ...ada });
  await page.goto('/markets');
  await page.getByRole('button', { name: 'Import CSV' }).first().click();
  const dialog = page.getByRole('dialog');
  const sparse = [0, 2, 5, 7, 12, 15, 19, 21, 24, 26, 31].map(
    (minute) => `${new Date(Date.UTC(2021, 0, 4) + minute * 60_000).toISOString()},100,102,99,101,1000`,
  );
  await dialog
    .locator('input[type=file]')
    .setInputFiles({ name: 'thin.csv', mimeType: 'text/csv', buffer: csv(sparse) });
  await expect(dialog.getByRole('status')).toContainText('Say how long a bar lasts.');
  await expect(dialog.getByRole('button', { name: 'Import', exact: true })).toBeDisabled();
  await dialog.getByLabel('A bar lasts').click();
  await page.getByRole('option', { name: '1m', exact: true }).click();
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(dialog.getByRole('button', { name: 'Done' }).or(page.getByRole('row', { name: /THIN/ }))).toBeVisible();
});
