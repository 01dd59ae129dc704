import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from '#core/formula/language/parse.ts';
import type { Formula } from '#core/formula/model/formula.ts';
import { arbitraryFormula } from '#core/formula/testing/arbitrary-formula.ts';
import { SCALE } from '#core/formula/testing/scale.ts';
import type { Bars } from '#core/market/bars.ts';
import { stopped } from '#core/result/outcome.ts';
import { backtest } from '../backtest.ts';
import type { MetricKey } from '../figures/metrics.ts';
import type { Metrics } from '../figures/metrics.ts';
import { DEFAULT_SETTINGS } from '../outcome/settings.ts';
import { compile } from '../plan/compile.ts';
import { inputsOf } from '../plan/inputs.ts';
import { arbitraryBars, barsFrom } from '../testing/bars.ts';
import { candidatesIn, candidatesOf, rangeOf, type Axis, type Inputs } from './space.ts';
import { SweepTable } from './sweep-table.ts';
import { planSweep, sweep, type SweepRequest } from './sweep.ts';
import { candidatesWhere } from './where.ts';

/** `npm run test:long` runs so many times as many cases. */

const CROSS = parse(`input fast = 5
input slow = 20
buy(when: crossover(sma(close, fast), sma(close, slow)))
sell(when: crossunder(sma(close, fast), sma(close, slow)))`).formula;

/** Uses the bars in every way that columns can: bands with several outputs, chains, other clocks, the position. */
const RICH = parse(`input length = 5
input band = 1.5
input stop = 5%
week = feed(timeframe: "1w")
bands = bbands(close, length, band, band)
middle = hlc3() + (close - open) / 2
strength = rsi(middle, length)
calm = atr(5) / close < 0.2 and volume > 10 and close > 1
buy(when: close < bands.lower and calm and week.close > 0, stop: stop, size: 50%)
sell(when: close > bands.upper or strength > 60 or position.bars > 20)
short(when: strength > 80 and bands.middle > sma(middle, length))
cover(when: crossunder(close, ema(middle, length)))`).formula;

const grid = (axes: readonly Axis[]): Inputs[] => {
  const candidates = candidatesOf(axes, { kind: 'grid' });
  if (!candidates.ok) throw new Error(candidates.error);
  return candidates.value;
};

function tableOf(request: Omit<SweepRequest, 'settings'>): SweepTable {
  const table = sweep({ settings: DEFAULT_SETTINGS, ...request });
  if (!table.ok) throw new Error('the sweep did not end');
  return table.value;
}

function metricsAlone(formula: Formula, inputs: Inputs, bars: Bars): Metrics | null {
  const plan = compile(formula, inputs);
  if (!plan.ok) return null;
  const run = backtest(plan.value, bars, DEFAULT_SETTINGS);
  if (!run.ok) throw new Error('the run did not end');
  return run.value.metrics;
}

const wave = barsFrom(
  Array.from({ length: 400 }, (_, bar) => {
    const price = 100 + 10 * Math.sin(bar / 7) + 5 * Math.sin(bar / 2.3);
    return [price, price + 1, price - 1, price + Math.sin(bar)] as const;
  }),
);

describe('a sweep', () => {
  test.each([0, 1, 2, 3, 5, 100])('has the figures of backtests, to the bit, with room for %i columns', (slots) => {
    const candidates = [
      ...grid([
        { name: 'fast', values: rangeOf(2, 9, 1) },
        { name: 'slow', values: rangeOf(5, 30, 5) },
      ]),
    ];
    const table = tableOf({ formula: CROSS, candidates, bars: wave, columnBytes: slots * 8 * wave.length });
    candidates.forEach((inputs, candidate) =>
      expect(table.metricsOf(candidate)).toEqual(metricsAlone(CROSS, inputs, wave)),
    );
  });

  test.each([0, 2, 4, 7, 100])(
    'also of formulas with many nodes, outputs and clocks, with room for %i columns',
    (slots) => {
      const candidates = grid([
        { name: 'length', values: [3, 5, 8] },
        { name: 'band', values: [1, 2] },
        { name: 'stop', values: [0.02, 0.1] },
      ]);
      const table = tableOf({ formula: RICH, candidates, bars: wave, columnBytes: slots * 8 * wave.length });
      candidates.forEach((inputs, candidate) =>
        expect(table.metricsOf(candidate)).toEqual(metricsAlone(RICH, inputs, wave)),
      );
    },
  );

  test(
    'and of any formula',
    () => {
      fc.assert(
        fc.property(arbitraryFormula({ maxStatements: 8 }), arbitraryBars(60), fc.nat(6), (formula, bars, slots) => {
          const axes = inputsOf(formula).map(({ name }): Axis => ({ name, values: [2, 3, 7] }));
          const candidates = grid(axes);
          const table = tableOf({ formula, candidates, bars, columnBytes: slots * 8 * bars.length });
          candidates.forEach((inputs, candidate) => {
            const alone = metricsAlone(formula, inputs, bars);
            if (alone) expect(table.metricsOf(candidate)).toEqual(alone);
            else expect(table.refused.get(candidate)).toBeTypeOf('string');
          });
        }),
        { numRuns: 100 * SCALE },
      );
    },
    60_000 * SCALE,
  );

  test('trades spans of the bars, those before being history', () => {
    const candidates = grid([{ name: 'fast', values: [3, 4] }]);
    const spans = [
      { from: 0, to: 200 },
      { from: 150, to: 400 },
    ];
    const table = tableOf({ formula: CROSS, candidates, bars: wave, spans });
    for (const [index, span] of spans.entries()) {
      const plan = compile(CROSS, { fast: 4 });
      const run = plan.ok ? backtest(plan.value, wave, DEFAULT_SETTINGS, { span }) : plan;
      expect(run.ok ? run.value.metrics : null).toEqual(table.metricsOf(1, index));
    }
  });

  test('says which settings can not be, and runs the others', () => {
    const table = tableOf({ formula: CROSS, candidates: [{ fast: 3 }, { fast: 0 }, { fast: 4, slaw: 3 }], bars: wave });
    expect([...table.refused]).toEqual([
      [1, expect.stringContaining('at least')],
      [2, 'The formula has no input `slaw`. Did you mean `slow`?'],
    ]);
    expect(table.at(0, 'trades')).toBeGreaterThan(0);
    expect(table.at(1, 'trades')).toBeNaN();
  });

  test('can be watched and stopped', () => {
    const seen: number[] = [];
    const request = {
      formula: CROSS,
      candidates: grid([{ name: 'fast', values: rangeOf(2, 41, 1) }]),
      bars: wave,
      settings: DEFAULT_SETTINGS,
    };
    sweep(request, { onProgress: (done, total) => seen.push(done / total) });
    expect(seen).toEqual([0.8, 1]);
    let asked = 0;
    expect(sweep(request, { shouldStop: () => (asked += 1) > 3 })).toEqual(stopped());
  });

  test('ranks by a metric, undefined ones last, the other way round where less is better', () => {
    const table = tableOf({
      formula: CROSS,
      candidates: grid([
        { name: 'fast', values: [2, 4, 8] },
        { name: 'slow', values: [10, 399] },
      ]),
      bars: wave,
      keep: ['sharpe', 'volatility'],
    });
    const values = (key: MetricKey) => table.rankedBy(key).map((candidate) => table.at(candidate, key));
    const sharpes = values('sharpe');
    expect(sharpes.slice(-3)).toEqual([NaN, NaN, NaN]);
    expect(sharpes.slice(0, 3)).toEqual(sharpes.slice(0, 3).sort((a, b) => b - a));
    expect(values('volatility')).toEqual(values('volatility').sort((a, b) => a - b));
  });
});

describe('the schedule of a sweep', () => {
  const pairs = grid([
    { name: 'fast', values: rangeOf(2, 41, 1) },
    { name: 'slow', values: rangeOf(2, 41, 1) },
  ]);
  const loadsOf = (slots: number) =>
    planSweep(CROSS, pairs, slots)?.tiles.flatMap(({ waves }) => waves.flat().flatMap(({ columns }) => columns)) ?? [];

  test('computes each shared column once where all have room', () => {
    expect(loadsOf(40)).toHaveLength(40);
  });

  test('computes few of them again where they have not', () => {
    // 1600 settings of two columns each.
    expect(loadsOf(16).length).toBeLessThan(320);
  });

  test.each([2, 3, 8, 16, 40])('never has more than %i columns at a time, and runs every candidate once', (slots) => {
    const tiles = planSweep(CROSS, pairs, slots)?.tiles ?? [];
    expect(Math.max(...tiles.flatMap(({ columns }) => columns.map(({ slot }) => slot)))).toBeLessThan(slots);
    for (const { columns } of tiles) expect(new Set(columns.map(({ slot }) => slot)).size).toBe(columns.length);
    expect(tiles.flatMap(({ candidates }) => candidates).sort((a, b) => a - b)).toEqual(pairs.map((_, index) => index));
  });

  test('loads what columns are made of before them', () => {
    const formula = parse(
      'input length = 5\ninput level = 30\nbuy(when: sma(rsi(close, length), 3) < level)\nsell(when: ema(rsi(close, length), 3) > level)',
    ).formula;
    const candidates = grid([
      { name: 'length', values: [5, 6] },
      { name: 'level', values: [30, 40] },
    ]);
    const waves = planSweep(formula, candidates, 20)?.tiles.flatMap((tile) =>
      tile.waves.map((loads) => loads.flatMap(({ columns }) => columns.map(({ key }) => key.slice(0, 3)))),
    );
    expect(waves).toEqual([
      ['rsi', 'rsi'],
      ['sma', 'ema', 'sma', 'ema'],
    ]);
  });
});

describe('the settings of a sweep', () => {
  test('of a grid are all combinations, the last input changing fastest', () => {
    expect(
      grid([
        { name: 'a', values: [1, 2] },
        { name: 'b', values: ['x', 'y'] },
      ]),
    ).toEqual([
      { a: 1, b: 'x' },
      { a: 1, b: 'y' },
      { a: 2, b: 'x' },
      { a: 2, b: 'y' },
    ]);
    expect(grid([])).toEqual([{}]);
  });

  test('of a range are free of what binary fractions leave', () => {
    expect(rangeOf(0.1, 0.5, 0.1)).toEqual([0.1, 0.2, 0.3, 0.4, 0.5]);
    expect(rangeOf(5, 20, 6)).toEqual([5, 11, 17]);
    expect(rangeOf(3, 2, 1)).toEqual([]);
  });

  test('of a random search are different ones, the same for the same seed', () => {
    const axes = [
      { name: 'a', values: rangeOf(1, 50, 1) },
      { name: 'b', values: rangeOf(1, 50, 1) },
    ];
    const drawn = (seed: number, samples = 100) => candidatesOf(axes, { kind: 'random', samples, seed });
    const first = drawn(7);
    expect(first).toEqual(drawn(7));
    expect(first).not.toEqual(drawn(8));
    expect(first.ok && new Set(first.value.map((inputs) => JSON.stringify(inputs))).size).toBe(100);
    expect(drawn(7, 5000)).toEqual(candidatesOf(axes, { kind: 'grid' }));
  });

  test('are the same one by one and as a list, and of a chosen part', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 90 }),
        fc.boolean(),
        (a, b, samples, isGrid) => {
          const axes = [
            { name: 'a', values: rangeOf(1, a, 1) },
            { name: 'b', values: rangeOf(1, b, 1) },
          ];
          const search = isGrid ? { kind: 'grid' as const } : { kind: 'random' as const, samples, seed: 3 };
          const [all, lazy] = [candidatesOf(axes, search), candidatesIn({ axes, search })];
          if (!all.ok || !lazy.ok) throw new Error('few settings are made');
          expect(lazy.value.length).toBe(all.value.length);
          for (const place of [-1, ...all.value.keys(), all.value.length])
            expect(lazy.value.at(place)).toEqual(place < 0 ? undefined : all.value[place]);
          const odd = Uint32Array.from([...all.value.keys()].filter((place) => place % 2 === 1));
          const some = candidatesIn({ axes, search, only: odd });
          expect(some.ok && Array.from(odd, (_, place) => some.value.at(place))).toEqual(
            Array.from(odd, (place) => all.value[place]),
          );
        },
      ),
    );
  });

  test('the best by a metric is the first of all by it', () => {
    const figure = fc.oneof(
      fc.constant(Number.NaN),
      fc.constant(Number.NEGATIVE_INFINITY),
      fc.integer({ min: -3, max: 3 }),
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(figure, figure), { minLength: 1, maxLength: 12 }),
        fc.constantFrom('sharpe', 'maxDrawdown', 'trades'),
        (rows, key) => {
          const table = new SweepTable(
            rows.map(() => ({})),
            [key],
            2,
            Float64Array.from(rows.flat()),
          );
          for (const span of [0, 1]) {
            const [first = -1] = table.rankedBy(key, span);
            expect(table.bestBy(key, span)).toBe(Number.isNaN(table.at(first, key, span)) ? null : first);
          }
        },
      ),
    );
  });

  test('too many are refused in words', () => {
    const values = rangeOf(1, 2000, 1);
    expect(
      candidatesOf(
        [
          { name: 'a', values },
          { name: 'b', values },
        ],
        { kind: 'grid' },
      ),
    ).toMatchObject({ ok: false, error: expect.stringContaining('4,000,000 settings') });
    expect(candidatesOf([{ name: 'a', values: [] }], { kind: 'grid' })).toMatchObject({ ok: false });
  });
});

describe('a condition on the inputs', () => {
  const pairs = grid([
    { name: 'fast', values: [2, 10] },
    { name: 'slow', values: [5, 20] },
  ]);

  test('leaves the settings for which it holds', () => {
    expect(candidatesWhere(CROSS, pairs, 'fast < slow')).toEqual({
      ok: true,
      value: [
        { fast: 2, slow: 5 },
        { fast: 2, slow: 20 },
        { fast: 10, slow: 20 },
      ],
    });
    expect(candidatesWhere(CROSS, pairs, 'slow / fast > 2 and fast != 10')).toEqual({
      ok: true,
      value: [
        { fast: 2, slow: 5 },
        { fast: 2, slow: 20 },
      ],
    });
  });

  test.each([
    ['fast <', 'missing'],
    ['fats < slow', 'Did you mean `fast`?'],
    ['kept > 3', 'There is no `kept` here.'],
    ['close > fast', 'no condition'],
    ['fast + slow', 'no condition'],
    ['true\nx = 1', 'one line'],
  ])('%j is refused', (condition, reason) => {
    const left = candidatesWhere(CROSS, pairs, condition);
    expect(left.ok ? '' : left.error.toLowerCase()).toContain(reason.toLowerCase());
    expect(left.ok).toBe(false);
  });
});
