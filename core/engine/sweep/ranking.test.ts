import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from '#core/formula/language/parse.ts';
import { findMetric, METRIC_KEYS } from '../figures/find-metric.ts';
import { type KeptMetrics, type MetricKey } from '../figures/metrics.ts';
import { DEFAULT_SETTINGS } from '../outcome/settings.ts';
import { arbitraryBars, barsFrom } from '../testing/bars.ts';
import { walkForwardAlone } from '../testing/walk-forward-alone.ts';
import { notesOnRanking, worthKey, worthOf } from './ranking.ts';
import { rowOf, SweepTable } from './sweep-table.ts';
import { sweep } from './sweep.ts';

const KEYS = METRIC_KEYS;

/** Forty days up, a day down each tenth. */
const rising = barsFrom(
  Array.from({ length: 40 }, (_, day) => {
    const price = 100 + day - (day % 10 === 9 ? 3 : 0);
    return [price, price, price, price] as const;
  }),
);

/** `kind` 0 never trades, 1 sells before the first day down, 2 holds through all of them, 3 loses all the time. */
const KINDS = parse(`input kind = 0
buy(when: (kind == 1 and barIndex == 0) or kind == 2)
sell(when: kind == 1 and barIndex == 5)
short(when: kind == 3)`).formula;

function tableOf(kinds: readonly number[]): SweepTable {
  const table = sweep({
    formula: KINDS,
    candidates: kinds.map((kind) => ({ kind })),
    bars: rising,
    settings: DEFAULT_SETTINGS,
  });
  if (!table.ok) throw new Error('the sweep did not end');
  return table.value;
}

const kindsBy = (key: MetricKey, kinds: readonly number[]): unknown[] => {
  const table = tableOf(kinds);
  return table.rankedBy(key).map((candidate) => table.candidates.at(candidate)?.['kind']);
};

describe('a ranking', () => {
  test.each(['omega', 'sortino', 'calmar'] as const)('by %s begins with what never lost', (key) => {
    expect(kindsBy(key, [0, 3, 2, 1])).toEqual([1, 2, 3, 0]);
  });

  test.each(['profitFactor', 'payoff', 'kelly'] as const)('by %s begins with trades that never lost', (key) => {
    // Held to the end, the one long trade has won.
    expect(kindsBy(key, [0, 3, 1]).at(0)).toBe(1);
    expect(kindsBy(key, [0, 2, 3]).at(0)).toBe(2);
  });

  test.each(KEYS.filter((key) => findMetric(key)?.better === 'lower'))('by %s ends with what never traded', (key) => {
    expect(kindsBy(key, [0, 1, 2, 3]).at(-1)).toBe(0);
  });

  test.each(['maxDrawdown', 'averageDrawdown'] as const)('by %s ends with what never traded', (key) => {
    expect(kindsBy(key, [0, 2, 3, 1])).toEqual([1, 2, 3, 0]);
  });

  test('by the return, to do nothing is better than to lose', () => {
    expect(kindsBy('totalReturn', [3, 0, 2])).toEqual([2, 0, 3]);
  });

  test('says which settings have another place than their figures', () => {
    expect(notesOnRanking('profitFactor', tableOf([0, 1, 2, 3]))).toEqual([
      'By Profit factor, 2 settings that never lost, and so without a figure, come first.',
    ]);
    expect(notesOnRanking('volatility', tableOf([0, 1]))).toEqual([
      'By Volatility, 1 setting that never traded comes last.',
    ]);
    expect(notesOnRanking('totalReturn', tableOf([0, 1, 2, 3]))).toEqual([]);
  });

  test('of a run too short for a figure concludes nothing', () => {
    expect(worthOf('calmar', (key) => (key === 'totalReturn' ? 1 : Number.NaN))).toBeNaN();
    expect(worthOf('sortino', (key) => (key === 'totalReturn' ? 1 : Number.NaN))).toBeNaN();
  });

  test('by worths alone is that by all figures', () => {
    const figure = fc.oneof(fc.constantFrom(Number.NaN, 0), fc.integer({ min: -3, max: 3 }));
    const metrics: fc.Arbitrary<KeptMetrics> = fc
      .array(figure, { minLength: KEYS.length, maxLength: KEYS.length })
      .map((values) => Object.fromEntries(KEYS.map((key, index) => [key, values[index] ?? Number.NaN])));
    fc.assert(
      fc.property(fc.array(metrics, { minLength: 1, maxLength: 12 }), fc.constantFrom(...KEYS), (runs, key) => {
        const [all, worths] = [KEYS, [worthKey(key)]].map(
          (keys) =>
            new SweepTable(
              runs.map(() => ({})),
              keys,
              1,
              Float64Array.from(runs.flatMap((run) => rowOf([run], keys))),
            ),
        );
        expect(worths?.rankedBy(key)).toEqual(all?.rankedBy(key));
        expect(worths?.bestBy(key)).toEqual(all?.bestBy(key));
      }),
    );
  });
});

test('a walk-forward trades what never lost in the sample, and chooses nothing that never traded there', () => {
  const forward = (by: MetricKey, kinds: readonly number[]) => {
    const run = walkForwardAlone({
      formula: parse('input kind = 0\nbuy(when: kind == 2)\nshort(when: kind == 3)').formula,
      candidates: kinds.map((kind) => ({ kind })),
      bars: rising,
      settings: DEFAULT_SETTINGS,
      // No day down in the sample.
      windows: { inSample: 9, outOfSample: 31, anchored: false },
      by,
    });
    if (!run.ok) throw new Error('the run did not end');
    return run.value.windows.map(({ inputs }) => inputs);
  };
  expect(forward('omega', [0, 3, 2])).toEqual([{ kind: 2 }]);
  expect(forward('maxDrawdown', [0, 3])).toEqual([{ kind: 3 }]);
  expect(forward('maxDrawdown', [0, 0])).toEqual([null]);
});

test('bars behind the last sample change no choice by any metric', () => {
  fc.assert(
    fc.property(arbitraryBars(60), fc.constantFrom(...KEYS), (given, by) => {
      const choices = (factor: number) => {
        const later = (prices: Float64Array) => prices.map((price, bar) => (bar < 50 ? price : price * factor));
        const run = walkForwardAlone({
          formula: parse('input length = 3\nbuy(when: close > sma(close, length), stop: 5%)\nsell(when: close < open)')
            .formula,
          candidates: [2, 3, 5, 8].map((length) => ({ length })),
          bars: {
            ...given,
            open: later(given.open),
            high: later(given.high),
            low: later(given.low),
            close: later(given.close),
          },
          settings: DEFAULT_SETTINGS,
          windows: { inSample: 30, outOfSample: 10, anchored: false },
          by,
        });
        if (!run.ok) throw new Error('the run did not end');
        return run.value.windows.map(({ inputs }) => inputs);
      };
      expect(choices(3)).toEqual(choices(1));
    }),
    { numRuns: 60 },
  );
});
