import { register } from '../support/journeys.ts';
import { expect, test } from '../support/test.ts';

const DAY = 86_400_000;
const day = (index: number): string => new Date(Date.UTC(2021, 0, 4) + index * DAY).toISOString().slice(0, 10);
const lines = Array.from({ length: 300 }, (_, index) => `${day(index)},${100 + index},${102 + index},${99 + index},${101 + index},1000`);
const csv = (rows: readonly string[]): Buffer => Buffer.from(['Date,Open,High,Low,Close,Volume', ...rows].join('\n'));

test('a file with bad lines is refused line by line, and imported once it is right', async ({ newPerson }) => {
  const { page, ...ada } = await newPerson('Ada');
  await register({ page, ...ada });
  await page.goto('/markets');
  await page.getByRole('button', { name: 'Import CSV' }).first().click();
  const dialog = page.getByRole('dialog');
  const choose = (rows: readonly string[]) => dialog.locator('input[type=file]').setInputFiles({ name: 'acme.csv', mimeType: 'text/csv', buffer: csv(rows) });

  await choose(lines.with(1, `${day(1)},100,90,99,100,1000`).with(7, 'not a bar at all').with(9, lines[5] ?? ''));
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(dialog).toContainText('nothing was imported');
  for (const line of [3, 9, 11]) await expect(dialog).toContainText(`Line ${line}`);

  await choose(lines);
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(dialog).toBeHidden();
  const row = page.getByRole('row', { name: /ACME/ });
  await expect(row).toContainText('300');
});
