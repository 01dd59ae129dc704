import { describe, expect, test } from 'vitest';
import type { Bar, Bars, Timeframe } from './bars.ts';
import { checkBars } from './check-bars.ts';

const DAY = 86_400_000;
const START = Date.UTC(2024, 0, 1);

function barsOf(rows: readonly Partial<Bar>[], timeframe: Timeframe = '1d'): Bars {
  const bars = rows.map((row, index) => ({
    time: START + index * DAY,
    open: 10,
    high: 12,
    low: 9,
    close: 11,
    volume: 5,
    ...row,
  }));
  const column = (name: keyof Bar) => Float64Array.from(bars, (bar) => bar[name]);
  return {
    symbol: 'TEST',
    timeframe,
    length: bars.length,
    time: column('time'),
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    volume: column('volume'),
  };
}

const messages = (rows: readonly Partial<Bar>[], timeframe?: Timeframe) =>
  checkBars(barsOf(rows, timeframe)).map(({ severity, bar, message }) => `${bar} ${severity}: ${message}`);

describe('checking bars', () => {
  test('good bars have no problems', () => {
    expect(messages([{}, {}, {}])).toEqual([]);
  });

  test.each<[Partial<Bar>, string]>([
    [{ time: NaN }, 'The time is missing.'],
    [{ close: NaN }, 'The close is no number.'],
    [{ high: Infinity }, 'The high is no number.'],
    [{ low: 0 }, 'The low is 0: prices are above 0.'],
    [{ open: -3 }, 'The open is -3: prices are above 0.'],
    [{ high: 8 }, 'The high 8 is below the low 9.'],
    [{ open: 13 }, 'The open 13 lies outside the range 9 to 12.'],
    [{ close: 8.5 }, 'The close 8.5 lies outside the range 9 to 12.'],
    [{ volume: -1 }, 'The volume is -1: it is 0 or more.'],
  ])('%o is impossible', (row, message) => {
    expect(messages([row])).toEqual([`0 error: ${message}`]);
  });

  test('times increase', () => {
    expect(messages([{}, { time: START }, { time: START - DAY }])).toEqual([
      '1 error: Two bars have the time 2024-01-01 00:00.',
      '2 error: The bar of 2023-12-31 00:00 stands behind a later one.',
    ]);
  });

  test('a hole is a warning; nights, weekends and holidays are none', () => {
    expect(messages([{}, { time: START + 5 * DAY }])).toEqual([]);
    expect(messages([{}, { time: START + 30 * DAY }])).toEqual([
      '1 warning: Between 2024-01-01 00:00 and 2024-01-31 00:00 there are no bars.',
    ]);
    expect(messages([{}, { time: START + 31 * DAY }, { time: START + 60 * DAY }], '1M')).toEqual([]);
  });

  test('no number of holes hides an error, and of bars out of order no holes are told', () => {
    const rows = Array.from({ length: 300 }, (_, index) => ({ time: START + index * 30 * DAY }));
    expect(messages(rows)).toHaveLength(100);
    expect(messages([...rows, { time: START }])).toEqual([
      '300 error: The bar of 2024-01-01 00:00 stands behind a later one.',
    ]);
  });

  test('stops at a hundred problems', () => {
    expect(messages(Array.from({ length: 500 }, () => ({ close: NaN })))).toHaveLength(100);
  });
});
