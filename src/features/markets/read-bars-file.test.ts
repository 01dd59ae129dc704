import { expect, test } from 'vitest';
import { readBarsFile } from './read-bars-file.ts';

const DAY = 86_400_000;

/** Days of a quiet market; from a bar on its prices are those of another unit. */
const fileOf = (from: number, times: number): Blob =>
  new Blob([
    [
      'date,open,high,low,close',
      ...Array.from({ length: 200 }, (_, day) => {
        const close = (100 + 3 * Math.sin(day)) * (day < from ? 1 : times);
        return [new Date(day * DAY).toISOString(), close * 1.001, close * 1.01, close * 0.99, close].join();
      }),
    ].join('\n'),
  ]);

test('what is odd about the bars of a file is told before the file is sent', async () => {
  expect(await readBarsFile(fileOf(100, 100))).toMatchObject({
    kind: 'bars',
    doubts: [expect.stringMatching(/^Line 102: The bar of .* times as much\. Look whether/)],
  });
  expect(await readBarsFile(fileOf(100, 1))).toMatchObject({ kind: 'bars', doubts: [] });
});
