import { lastBacktest, newFormula, register } from '../support/journeys.ts';
import { expect, test } from '../support/test.ts';

const DAY = 86_400_000;
const day = (index: number): string => new Date(Date.UTC(2021, 0, 4) + index * DAY).toISOString().slice(0, 10);
const line = (index: number, more = 0): string => {
  const close = 100 + (index % 9) + more;
  return `${day(index)},100,200,50,${close},1000`;
};
const csv = (rows: readonly string[]) => ({
  name: 'aaa.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(['Date,Open,High,Low,Close,Volume', ...rows].join('\n')),
});
const lines = Array.from({ length: 330 }, (_, index) => line(index));

test('bars are added to a market, and a result says which of its bars were corrected and runs again', async ({
  newPerson,
}) => {
  const { page, ...ada } = await newPerson('Ada');
  await register({ page, ...ada });
  await page.goto('/markets');
  await page.getByRole('button', { name: 'Import CSV' }).first().click();
  const dialog = page.getByRole('dialog');
  const file = dialog.locator('input[type=file]');
  await file.setInputFiles(csv(lines.slice(0, 300)));
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(dialog).toBeHidden();

  await newFormula(page, 'Grows');
  await page.getByRole('button', { name: 'Run backtest' }).click();
  await expect(dialog.getByLabel('Market')).toContainText('AAA');
  await dialog.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(lastBacktest(page)).toContainText('Done');
  await lastBacktest(page).getByRole('link', { name: 'Open the result' }).click();
  await expect(page.getByRole('button', { name: 'Compare' })).toBeVisible();
  const result = page.url();
  await expect(page.getByRole('button', { name: 'Run again' })).toBeHidden();

  await page.goBack();
  await page.getByRole('button', { name: 'Sweep', exact: true }).click();
  await dialog.getByRole('button', { name: 'Sweep', exact: true }).click();
  await expect(page).toHaveURL(/\/sweeps\/[0-9a-f-]{36}$/);
  await expect(page.getByRole('region', { name: 'The chosen setting' })).toBeVisible();
  const sweep = page.url();

  await page.goto('/markets');
  const row = page.getByRole('row', { name: /AAA/ });
  await row.getByRole('button', { name: 'Add bars to AAA' }).click();
  await file.setInputFiles(csv(lines.slice(290, 320)));
  await dialog.getByRole('button', { name: 'Add bars' }).click();
  await expect(page.getByText('AAA: 20 bars added')).toBeVisible();
  await expect(row).toContainText('320');

  await row.getByRole('button', { name: 'Add bars to AAA' }).click();
  await file.setInputFiles(csv([...lines.slice(100, 110), line(110, 5), line(111, 3), line(112, 3), lines[320] ?? '']));
  await dialog.getByRole('button', { name: 'Add bars' }).click();
  await expect(dialog.getByRole('status')).toContainText('3 bars with other values.');
  await expect(dialog.getByRole('status')).toContainText('The largest difference: close 102 becomes 107');
  await dialog.getByRole('button', { name: 'Correct 3 bars' }).click();
  await expect(page.getByText('AAA: 1 bar added, 3 bars corrected')).toBeVisible();
  await expect(row).toContainText('321');

  await page.getByRole('button', { name: 'Describe AAA' }).click();
  await dialog.getByLabel('Tick size').fill('0');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toContainText('A step is above 0.');
  await dialog.getByLabel('Tick size').fill('0.01');
  await dialog.getByLabel('Time zone').fill('America/New_York');
  await dialog.getByLabel('Traded at some hours alone').click();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  const known = 'prices in steps of 0.01 · 09:30 to 16:00, Mon Tue Wed Thu Fri · America/New_York';
  await expect(page.getByText(known)).toBeVisible();

  await row.getByRole('button', { name: 'Remove bars of AAA' }).click();
  await dialog.getByRole('button', { name: 'Show what goes' }).click();
  await expect(dialog.getByRole('status')).toContainText('1 bar will be deleted. Nothing was changed yet.');
  await expect(dialog.getByRole('status')).toContainText('No backtest or sweep was made on them.');
  await dialog.getByRole('button', { name: 'Remove 1 bar' }).click();
  await expect(page.getByText('AAA: 1 bar removed')).toBeVisible();
  await expect(row).toContainText('320');

  await page.goto(result);
  await expect(page.getByText('3 bars of this range were corrected after this run.')).toBeVisible();
  await expect(page.getByText('Newer bars of this range have come after this run.')).toBeVisible();
  await page.getByRole('button', { name: 'Run again' }).click();
  await expect(page).not.toHaveURL(result);
  await expect(page.getByRole('button', { name: 'Compare' })).toBeVisible();
  await expect(page.getByText('were corrected after this run')).toBeHidden();

  await page.goto(sweep);
  await expect(page.getByText('3 bars of this range were corrected after this run.')).toBeVisible();
  await page.getByRole('button', { name: 'Run again' }).click();
  await expect(page).not.toHaveURL(sweep);
  await expect(page.getByRole('region', { name: 'The chosen setting' })).toBeVisible();
  await expect(page.getByText('were corrected after this run')).toBeHidden();
});
