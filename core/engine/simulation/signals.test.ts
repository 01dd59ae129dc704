import { describe, expect, test } from 'vitest';
import { parse } from '#core/formula/language/parse.ts';
import { err } from '#core/result/result.ts';
import { DEFAULT_SETTINGS, type Settings } from '../outcome/settings.ts';
import { compile } from '../plan/compile.ts';
import { createBarRunner, type BarRunnerState } from '../stream/bar-runner.ts';
import { still, tradeRows, type Row } from '../testing/trade-rows.ts';

const flat = (bars: number, price = 100): Row[] => Array.from({ length: bars }, () => still(price));

/** Signals as `bar kind`, of a backtest and of a bot that is saved and restored behind each bar: they are the same. */
function told(code: string, rows: readonly Row[], settings: Partial<Settings> = {}): string[] {
  const batch = tradeRows(code, rows, settings).signals.map(({ bar, kind }) => `${bar} ${kind}`);
  const plan = compile(parse(code).formula);
  let state: BarRunnerState | null = null;
  const streamed = rows.flatMap(([open, high, low, close], bar) => {
    const made = plan.ok ? createBarRunner(plan.value, { ...DEFAULT_SETTINGS, ...settings }, '1d') : err('errors');
    if (!made.ok) throw new Error(made.error);
    const runner = made.value;
    if (state) runner.restore(JSON.parse(JSON.stringify(state)) as BarRunnerState);
    const { signals } = runner.onBar({ time: bar * 86_400_000, open, high, low, close, volume: 1000 });
    state = runner.save();
    return signals.map(({ kind }) => `${bar} ${kind}`);
  });
  expect(streamed).toEqual(batch);
  return batch;
}

describe('a signal says that something is to be done', () => {
  test('a sell with nothing held is none', () => {
    expect(told('sell(when: true)\ncover(when: true)', flat(5))).toEqual([]);
    expect(told('buy(when: barIndex == 1)\nsell(when: close > 0)', flat(6))).toEqual(['1 buy', '2 sell']);
  });

  test('a condition that stays true does not repeat itself', () => {
    expect(told('buy(when: close > 0)', flat(6))).toEqual(['0 buy']);
    expect(told('short(when: close > 0)\ncover(when: barIndex == 3)', flat(6))).toEqual([
      '0 short',
      '3 cover',
      '3 short',
    ]);
  });

  test('each addition is one, as often as adds allows', () => {
    expect(told('buy(when: close > 0, size: 10%, adds: 2)', flat(8))).toEqual(['0 buy', '1 buy', '2 buy']);
  });

  test('with fill "close" too', () => {
    expect(told('buy(when: close > 0)\nsell(when: mod(barIndex, 3) == 2)', flat(6), { fill: 'close' })).toEqual([
      '0 buy',
      '2 sell',
      '2 buy',
      '5 sell',
      '5 buy',
    ]);
  });

  test('a reversal is one signal, of the new side', () => {
    expect(told('buy(when: barIndex == 0)\nshort(when: barIndex >= 2)', flat(6))).toEqual(['0 buy', '2 short']);
  });

  test('of two that ask for the same at one close the second is none', () => {
    expect(
      told(
        'buy(when: barIndex == 0)\nbuy(when: barIndex == 0)\nsell(when: barIndex == 2)\nsell(when: barIndex == 2)',
        flat(4),
      ),
    ).toEqual(['0 buy', '2 sell']);
  });

  test('a limit order is told when it is placed and when it is changed, not while it waits', () => {
    expect(told('buy(when: close > 0, limit: 50)', flat(5))).toEqual(['0 buy']);
    expect(told('buy(when: close > 0, limit: 50%)', [still(100), still(100), still(110), still(110)])).toEqual([
      '0 buy',
      '2 buy',
    ]);
    // A fraction of -0 is one of 0: at bar 2 nothing has changed.
    expect(
      told('level = where(barIndex == 2, -1, 1) * 0\nbuy(when: close > 0, limit: 50, trail: level * 1%)', flat(5)),
    ).toEqual(['0 buy']);
    // It is filled at bar 2, sold at bar 4, and placed anew.
    expect(
      told('buy(when: close > 0, limit: 90)\nsell(when: barIndex == 3)', [
        still(100),
        still(100),
        [100, 100, 90, 95],
        ...flat(3),
      ]),
    ).toEqual(['0 buy', '3 sell', '3 buy']);
  });

  test('an order that is rejected when it is decided is none, one that its fill rejects is', () => {
    expect(told('buy(when: close > 0, stop: close - atr(14))', flat(4))).toEqual([]);
    expect(told('short(when: close > 0)', flat(4), { short: false })).toEqual([]);
    expect(told('buy(when: barIndex < 2, size: units(1000))', flat(4))).toEqual(['0 buy', '1 buy']);
  });

  test('info says when its condition becomes true, or at every bar', () => {
    const rows = [1, 2, 2, 1, 2, 2].map(still);
    expect(told('info(when: close > 1)', rows)).toEqual(['1 info', '4 info']);
    expect(told('info(when: close > 1, every: true)', rows)).toEqual(['1 info', '2 info', '4 info', '5 info']);
    expect(told('info(when: close > 0)', rows)).toEqual(['0 info']);
  });

  test('info that reads the position, or stands beside actions', () => {
    const code =
      'buy(when: barIndex == 1)\nsell(when: barIndex == 4)\ninfo(when: position.size > 0)\ninfo(when: barIndex >= 3)';
    expect(told(code, flat(7))).toEqual(['1 buy', '2 info', '3 info', '4 sell']);
    expect(told('buy(when: barIndex == 1)\nsell(when: barIndex == 4)\ninfo(when: barIndex != 2)', flat(7))).toEqual([
      '0 info',
      '1 buy',
      '3 info',
      '4 sell',
    ]);
  });

  test('nothing is told behind ruin', () => {
    expect(
      told('short(when: barIndex == 0)\ninfo(when: barIndex >= 2)', [still(100), still(100), still(300), still(100)]),
    ).toEqual(['0 short']);
  });
});
