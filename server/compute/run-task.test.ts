import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import { toJson } from '#core/formula/json/json.ts';
import { parse } from '#core/formula/language/parse.ts';
import type { Bars } from '#core/market/bars.ts';
import { planCandidates } from './run-sweep-pieces.ts';
import { runTask } from './run-task.ts';

function days(symbol: string, from: string): Bars {
  const price = new Float64Array(40).fill(5);
  return {
    symbol,
    timeframe: '1d',
    length: 40,
    time: price.map((_, day) => Date.parse(from) + day * 86_400_000),
    open: price,
    high: price,
    low: price,
    close: price,
    volume: price,
  };
}

test('a run and a sweep over a feed of another time are refused with both times', () => {
  const subject = {
    formula: toJson(parse('input least = 0\nb = feed(symbol: "B")\nbuy(when: b.close > least)').formula),
    bars: days('A', '2021-01-01'),
    feeds: new Map([['B', days('B', '2030-01-01')]]),
    settings: DEFAULT_SETTINGS,
  };
  const refused = {
    type: 'refused',
    reason: expect.stringContaining('B has no bar before the last of A: its bars are of 2030-01-01 to 2030-02-09'),
  };
  expect(runTask({ ...subject, inputs: {} }, { onProgress: () => undefined, shouldStop: () => false })).toMatchObject(
    refused,
  );
  expect(
    planCandidates(
      { subject, space: { axes: [{ name: 'least', values: [0] }], search: { kind: 'grid' } }, slots: 4, windows: null },
      { shouldStop: () => false },
    ),
  ).toMatchObject(refused);
});
