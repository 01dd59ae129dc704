import { apiOf } from '../support/api.ts';
import { register } from '../support/journeys.ts';
import { expect, test } from '../support/test.ts';

const DAY = 86_400_000;
const at = (index: number): Date => new Date(Date.UTC(2021, 0, 4) + index * DAY);
const iso = (index: number): string => at(index).toISOString().slice(0, 10);
/** As people in Germany write days. */
const german = (index: number): string => iso(index).split('-').reverse().join('.');
/** Day first, as people in Britain do. */
const british = (index: number): string => iso(index).split('-').reverse().join('/');
/** As spreadsheets count days. */
const serial = (index: number): number => 25_569 + at(index).getTime() / DAY;
const closeOf = (index: number): number => 1234.5 + (index % 9);
const text = (rows: readonly string[]): Buffer => Buffer.from(rows.join('\n'));
const indices = Array.from({ length: 120 }, (_, index) => index);
const prices = (index: number, times = 1): string =>
  [1234.5, 1250.25, 1200, closeOf(index)].map((price) => price * times).join(',');
const german2 = (price: number): string => price.toLocaleString('de-DE', { minimumFractionDigits: 2 });

const FILES = [
  {
    name: 'serial.csv',
    rows: ['Date,Open,High,Low,Close,Volume', ...indices.map((index) => `${serial(index)},${prices(index)},1000`)],
  },
  {
    name: 'komma.csv',
    rows: [
      'Datum;Eröffnung;Hoch;Tief;Schluss;Volumen',
      ...indices.map((index) =>
        [
          german(index),
          ...[1234.5, 1250.25, 1200, closeOf(index)].map((price) => String(price).replace('.', ',')),
          1000,
        ].join(';'),
      ),
    ],
  },
  {
    name: 'tausend.csv',
    rows: [
      'Datum;Open;High;Low;Close;Volume',
      ...indices.map((index) =>
        [german(index), ...[1234.5, 1250.25, 1200, closeOf(index)].map(german2), '1.000'].join(';'),
      ),
    ],
  },
  {
    name: 'dayfirst.csv',
    rows: ['Date,Open,High,Low,Close,Volume', ...indices.map((index) => `${british(index)},${prices(index)},1000`)],
  },
] as const;

test('files with serial days, decimal commas, thousands and the day first are read for what they are', async ({
  newPerson,
}) => {
  const { page, ...ada } = await newPerson('Ada');
  await register({ page, ...ada });
  await page.goto('/markets');
  const dialog = page.getByRole('dialog');
  for (const { name, rows } of FILES) {
    await page.getByRole('button', { name: 'Import CSV' }).first().click();
    await dialog.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: text(rows) });
    await expect(dialog).toContainText('120 bars, 4 Jan 2021, 00:00 UTC to 3 May 2021, 00:00 UTC');
    await expect(dialog.getByLabel('A bar lasts')).toContainText('1d');
    await dialog.getByRole('button', { name: 'Import', exact: true }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByRole('row', { name: new RegExp(name.replace('.csv', ''), 'i') })).toContainText('120');
  }
  const api = apiOf(page);
  // Beside those that each account begins with.
  const markets = (await api.market.list.query()).filter(({ symbol }) =>
    FILES.some(({ name }) => name.toUpperCase().startsWith(symbol)),
  );
  expect(markets).toHaveLength(FILES.length);
  for (const { id, symbol, firstTime, lastTime } of markets) {
    const { time, open, high, close, volume } = await api.market.bars.query({ id });
    expect([firstTime, lastTime], symbol).toEqual([at(0).getTime(), at(119).getTime()]);
    expect([time[1], open[1], high[1], close[1], volume[1]], symbol).toEqual([
      at(1).getTime(),
      1234.5,
      1250.25,
      closeOf(1),
      1000,
    ]);
  }
});

test('bars that cost 1000 times as much are asked about, and added by whoever means it', async ({
  newPerson,
}, info) => {
  const { page, ...ada } = await newPerson('Ada');
  await register({ page, ...ada });
  await page.goto('/markets');
  const dialog = page.getByRole('dialog');
  const header = 'Date,Open,High,Low,Close,Volume';
  const file = dialog.locator('input[type=file]');
  const choose = (rows: readonly string[]) =>
    file.setInputFiles({ name: 'unit.csv', mimeType: 'text/csv', buffer: text([header, ...rows]) });
  await page.getByRole('button', { name: 'Import CSV' }).first().click();
  await choose(indices.map((index) => `${iso(index)},${prices(index)},1000`));
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(dialog).toBeHidden();
  const row = page.getByRole('row', { name: /UNIT/ });

  await row.getByRole('button', { name: 'Add bars to UNIT' }).click();
  await choose([500, 501, 502].map((index) => `${iso(index)},${prices(index, 1000)},1000`));
  await dialog.getByRole('button', { name: 'Add bars' }).click();
  const notice = dialog.getByRole('status');
  await expect(notice).toContainText('Are these bars of this market? Nothing was changed yet.');
  await expect(notice).toContainText('998 times as much');
  await expect(notice).toContainText('381 days without a bar');
  // Behind the dialog the row has no role.
  await expect(page.locator('tr', { hasText: 'UNIT' })).toContainText('120');
  if (process.env['PICTURES'])
    for (const colorScheme of ['light', 'dark'] as const)
      for (const width of [400, 1440]) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 900 });
        await page.screenshot({ path: info.outputPath(`add-${colorScheme}-${width}.png`) });
      }
  await page.setViewportSize({ width: 1280, height: 800 });
  // Another file is asked about anew.
  await choose([120, 121].map((index) => `${iso(index)},${prices(index)},1000`));
  await dialog.getByRole('button', { name: 'Add bars', exact: true }).click();
  await expect(page.getByText('UNIT: 2 bars added')).toBeVisible();

  await row.getByRole('button', { name: 'Add bars to UNIT' }).click();
  await choose([122, 123].map((index) => `${iso(index)},${prices(index, 1000)},1000`));
  await dialog.getByRole('button', { name: 'Add bars' }).click();
  await dialog.getByRole('button', { name: 'Add bars anyway' }).click();
  await expect(page.getByText('UNIT: 2 bars added').last()).toBeVisible();
  await expect(row).toContainText('124');

  await row.getByRole('button', { name: 'Remove bars of UNIT' }).click();
  await dialog.getByRole('button', { name: 'Show what goes' }).click();
  await expect(dialog.getByRole('status')).toContainText('1 bar will be deleted. Nothing was changed yet.');
  if (process.env['PICTURES'])
    for (const colorScheme of ['light', 'dark'] as const)
      for (const width of [400, 1440]) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 900 });
        await page.screenshot({ path: info.outputPath(`remove-${colorScheme}-${width}.png`) });
      }
});
