import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import { parse } from '#core/formula/language/parse.ts';
import { describeCosts, describeInputs, describeRange, describeSettings, inputValues } from './describe-run.ts';

test('costs in a few words', () => {
  expect(describeCosts(DEFAULT_SETTINGS)).toBe('no costs');
  expect(
    describeCosts({
      ...DEFAULT_SETTINGS,
      commission: 0.002,
      commissionFixed: 1,
      commissionMinimum: 2.5,
      slippage: 0.0005,
    }),
  ).toBe('commission 0.2% + 1, 2.5 a fill at the least, slippage 0.05%');
  expect(describeCosts({ ...DEFAULT_SETTINGS, commissionFixed: 1 })).toBe('commission 1');
});

test('only those settings that somebody has changed', () => {
  expect(describeSettings(DEFAULT_SETTINGS)).toEqual([]);
  expect(
    describeSettings({
      ...DEFAULT_SETTINGS,
      cash: 500,
      leverage: 2,
      lot: 0.1,
      fill: 'close',
      short: false,
      closeAtEnd: false,
    }),
  ).toEqual(['cash 500', 'leverage 2×', 'lots of 0.1', 'fills at the close', 'no shorting', 'left open at the end']);
});

test('the days of a run', () => {
  const [from, to] = [Date.UTC(2020, 0, 1), Date.UTC(2021, 11, 31, 23, 59)];
  expect([
    describeRange(null, null),
    describeRange(from, null),
    describeRange(null, to),
    describeRange(from, to),
  ]).toEqual(['all bars', 'from 1 Jan 2020', 'to 31 Dec 2021', '1 Jan 2020 – 31 Dec 2021']);
});

test('inputs as they were run: the given ones in place of the written', () => {
  const { formula } = parse(
    'input fast = 10 in 2..50\ninput slow = 20\nbuy(when: sma(close, fast) > sma(close, slow))',
  );
  expect(describeInputs(inputValues(formula, { slow: 30, gone: 1 }))).toBe('fast 10, slow 30');
});
