import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { exampleBars } from './example-bars.ts';

test('the prices that strangers try on are those of the package, in whole, from 2010 on', async () => {
  const [csv, kept] = await Promise.all([
    readFile('node_modules/vega-datasets/data/sp500-2000.csv', 'utf8'),
    readFile('public/examples/spx-daily.json', 'utf8'),
  ]);
  const bars = exampleBars(csv);
  expect(JSON.parse(kept)).toEqual(bars);
  const { day = [], high = [], low = [], open = [], close = [] } = bars;
  expect(new Date((day[0] ?? 0) * 86_400_000).toISOString()).toBe('2010-01-04T00:00:00.000Z');
  expect(day).toEqual(day.toSorted((a, b) => a - b));
  for (const [index, top] of high.entries()) {
    expect(top).toBeGreaterThanOrEqual(Math.max(open[index] ?? 0, close[index] ?? 0));
    expect(low[index]).toBeLessThanOrEqual(Math.min(open[index] ?? 0, close[index] ?? 0));
  }
});
