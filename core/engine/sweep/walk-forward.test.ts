import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from '#core/formula/language/parse.ts';
import type { Bars } from '#core/market/bars.ts';
import { stopped } from '#core/result/outcome.ts';
import { backtest } from '../backtest.ts';
import { DEFAULT_SETTINGS } from '../outcome/settings.ts';
import { compile } from '../plan/compile.ts';
import { arbitraryBars, barsFrom } from '../testing/bars.ts';
import { walkForwardAlone, type WalkForwardRequest } from '../testing/walk-forward-alone.ts';
import { foldsOf, type WalkForward } from './walk-forward.ts';

/** Long or short all the time, as its input says. */
const SIDE = parse('input side = 1\nbuy(when: side > 0)\nshort(when: side < 0)').formula;
const CROSS = parse(
  'input length = 5\nbuy(when: close > sma(close, length))\nsell(when: close < sma(close, length))',
).formula;

const request = (bars: Bars, more: Partial<WalkForwardRequest> = {}): WalkForwardRequest => ({
  formula: SIDE,
  candidates: [{ side: 1 }, { side: -1 }],
  bars,
  settings: DEFAULT_SETTINGS,
  windows: { inSample: 4, outOfSample: 2, anchored: false },
  by: 'totalReturn',
  ...more,
});

function forward(...args: Parameters<typeof request>): WalkForward {
  const result = walkForwardAlone(request(...args));
  if (!result.ok) throw new Error(JSON.stringify(result));
  return result.value;
}

/** Each bar stands still at a price. */
const still = (...prices: number[]): Bars => barsFrom(prices.map((price) => [price, price, price, price]));

describe('windows', () => {
  test('roll over the bars, the last as long as there are bars', () => {
    expect(foldsOf(9, { inSample: 4, outOfSample: 2, anchored: false })).toEqual({
      ok: true,
      value: [
        { inSample: { from: 0, to: 4 }, outOfSample: { from: 4, to: 6 } },
        { inSample: { from: 2, to: 6 }, outOfSample: { from: 6, to: 8 } },
        { inSample: { from: 4, to: 8 }, outOfSample: { from: 8, to: 9 } },
      ],
    });
  });

  test('or begin with the first bar, when anchored', () => {
    const folds = foldsOf(8, { inSample: 4, outOfSample: 2, anchored: true });
    expect(folds.ok && folds.value.map(({ inSample }) => inSample)).toEqual([
      { from: 0, to: 4 },
      { from: 0, to: 6 },
    ]);
  });

  test('need bars', () => {
    expect(foldsOf(4, { inSample: 4, outOfSample: 2, anchored: false })).toMatchObject({
      ok: false,
      error: expect.stringContaining('There are 4 bars'),
    });
    expect(foldsOf(10, { inSample: 0.5, outOfSample: 2, anchored: false })).toMatchObject({ ok: false });
  });
});

describe('walking forward', () => {
  // Up for five bars, then down for five.
  const bars = still(100, 110, 120, 130, 140, 150, 140, 130, 120, 100);

  test('trades what was best before, with the money that was left, by hand', () => {
    const { windows, trades, equity, span, metrics } = forward(bars);
    // The sample 0..4 rises: long. 2..6 rises from 120 to 150: long. 4..8 rises to 150 and falls to 130: short.
    expect(windows.map(({ inputs }) => inputs)).toEqual([{ side: 1 }, { side: 1 }, { side: -1 }]);
    // Decided at the close of the window's first bar, filled at the open of its second, closed at its last close:
    // nothing is won or lost in two bars.
    expect(
      trades.map(({ side, entryBar, exitBar, entryPrice, exitPrice }) => [
        side,
        entryBar,
        exitBar,
        entryPrice,
        exitPrice,
      ]),
    ).toEqual([
      ['long', 5, 5, 150, 150],
      ['long', 7, 7, 130, 130],
      ['short', 9, 9, 100, 100],
    ]);
    expect([...equity]).toEqual(Array(6).fill(10_000));
    expect(span).toEqual({ from: 4, to: 10 });
    expect(metrics).toMatchObject({ trades: 3, totalReturn: 0 });
  });

  test('filled at the close, each window lives from its first bar to its last', () => {
    const { equity, windows, trades, metrics, efficiency } = forward(bars, {
      settings: { ...DEFAULT_SETTINGS, fill: 'close' },
    });
    expect(windows.map(({ inputs }) => inputs)).toEqual([{ side: 1 }, { side: 1 }, { side: -1 }]);
    // Long from 140 to 150; long from 140 to 130; short from 120 to 100.
    const [first, second, third] = [
      10_000 * (150 / 140),
      10_000 * (150 / 140) * (130 / 140),
      10_000 * (150 / 140) * (130 / 140) * (140 / 120),
    ];
    [10_000, first, first, second, second, third].forEach((value, index) =>
      expect(equity[index]).toBeCloseTo(value, 6),
    );
    expect(trades.map(({ net }) => net).reduce((sum, net) => sum + net, 10_000)).toBeCloseTo(third, 6);
    expect(metrics['totalReturn']).toBeCloseTo(third / 10_000 - 1, 12);
    expect(windows[2]?.outOfSampleMetrics?.['totalReturn']).toBeCloseTo(1 / 6, 12);
    expect(windows[0]?.inSampleMetrics?.['totalReturn']).toBeCloseTo(0.3, 12);
    const mean = (...returns: number[]) => returns.reduce((sum, value) => sum + value, 0) / returns.length;
    const samples = [
      mean(0, 1 / 10, 1 / 11, 1 / 12),
      mean(0, 1 / 12, 1 / 13, 1 / 14),
      mean(0, -1 / 14, 1 / 13, 1 / 14),
    ];
    // Ten days say nothing of a year, but the windows can be compared.
    expect([metrics['annualReturn'], windows[0]?.inSampleMetrics?.['annualReturn']]).toEqual([NaN, NaN]);
    expect(efficiency).toBeCloseTo(mean(0, 1 / 14, 0, -1 / 14, 0, 1 / 6) / mean(...samples), 12);
  });

  test('anchored, all that was before counts', () => {
    const { windows } = forward(bars, { windows: { inSample: 4, outOfSample: 2, anchored: true } });
    // 0..8 rises on the whole.
    expect(windows.map(({ inputs }) => inputs)).toEqual([{ side: 1 }, { side: 1 }, { side: 1 }]);
  });

  test('a window without a defined metric is not traded', () => {
    const { windows, equity } = forward(still(1, 1, 1, 1, 1, 2, 3, 4), { by: 'sharpe' });
    expect(windows.map(({ inputs }) => inputs)).toEqual([null, { side: 1 }]);
    expect([...equity].slice(0, 2)).toEqual([10_000, 10_000]);
  });

  test('behind ruin nothing is traded', () => {
    const { windows, equity } = forward(still(100, 90, 80, 70, 60, 200, 190, 180, 170), {
      settings: { ...DEFAULT_SETTINGS, fill: 'close' },
    });
    expect(windows.map(({ inputs }) => inputs)).toEqual([{ side: -1 }, null, null]);
    expect([...equity].slice(1).every((value) => value === equity[1] && value < 0)).toBe(true);
  });

  test('of one candidate and one window it is a backtest of those bars', () => {
    fc.assert(
      fc.property(arbitraryBars(60), fc.integer({ min: 2, max: 12 }), (given, length) => {
        const walked = forward(given, {
          formula: CROSS,
          candidates: [{ length }],
          windows: { inSample: 30, outOfSample: 30, anchored: false },
          by: 'trades',
        });
        const plan = compile(CROSS, { length });
        const run = plan.ok ? backtest(plan.value, given, DEFAULT_SETTINGS, { span: { from: 30, to: 60 } }) : plan;
        if (!run.ok) throw new Error('the run did not end');
        const { equity, drawdown, trades, signals, benchmark } = run.value;
        expect(walked).toMatchObject({ trades, signals });
        expect([walked.equity, walked.drawdown, walked.benchmark]).toEqual([equity, drawdown, benchmark]);
        // Sums are added up in another order, but these hardly depend on it.
        for (const key of [
          'totalReturn',
          'cagr',
          'maxDrawdown',
          'averageDrawdownBars',
          'exposure',
          'trades',
          'hitRate',
          'expectancy',
          'turnover',
          'commission',
          'benchmarkReturn',
        ] as const) {
          const [expected = NaN, value] = [run.value.metrics[key], walked.metrics[key]];
          expect(value).toEqual(Number.isNaN(expected) ? NaN : expect.closeTo(expected, 6));
        }
      }),
      { numRuns: 50 },
    );
  });

  test('no later bar changes a choice or what was traded before it', () => {
    fc.assert(
      fc.property(arbitraryBars(60), arbitraryBars(60), fc.boolean(), (given, other, anchored) => {
        const options = {
          formula: CROSS,
          candidates: [{ length: 3 }, { length: 8 }],
          windows: { inSample: 20, outOfSample: 10, anchored },
          by: 'totalReturn' as const,
        };
        const from = 40;
        const mixed: Bars = {
          ...given,
          ...Object.fromEntries(
            (['open', 'high', 'low', 'close'] as const).map((name) => [
              name,
              given[name].map((value, bar) => (bar < from ? value : (other[name][bar] ?? value))),
            ]),
          ),
        };
        const [before, after] = [forward(given, options), forward(mixed, options)];
        // The third window is chosen on the bars before 40.
        expect(after.windows.slice(0, 3).map(({ inputs }) => inputs)).toEqual(
          before.windows.slice(0, 3).map(({ inputs }) => inputs),
        );
        expect(after.equity.slice(0, from - 20)).toEqual(before.equity.slice(0, from - 20));
      }),
      { numRuns: 50 },
    );
  });

  test('can be stopped, and says what is missing', () => {
    expect(walkForwardAlone(request(bars), { shouldStop: () => true })).toEqual(stopped());
    expect(
      walkForwardAlone(
        request(bars, { formula: parse('input side = 1\nbuy(when: feed("SPY").close > side)').formula }),
      ),
    ).toMatchObject({ ok: false, error: { reason: expect.stringContaining('SPY') } });
    expect(walkForwardAlone(request(still(1, 2)))).toMatchObject({ ok: false });
  });
});
