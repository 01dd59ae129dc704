import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SCALE } from '#core/formula/testing/scale.ts';
import type { KernelBlock, Params } from '../model/block.ts';
import { allowance, toNumber } from '../testing/exact/exact.ts';
import { DEFINITIONS } from '../testing/exact/oracle.ts';
import { columnOf } from '../testing/exact/windows.ts';
import { columnCount, optionPorts } from '../testing/talib/functions.ts';
import { findBlock } from './catalogue.ts';
import { FIRST_TRENDS, SMALL_PRICES } from './testing/cases.ts';
import { valuesOf } from './testing/worked-example.ts';

const BARS = 60;

/** What prices are made of: how large they are, how much of that they move, and what passes through on one bar. */
interface Market {
  readonly scale: number;
  readonly share: number;
  readonly giant: number;
  readonly giantBar: number;
  readonly moves: readonly number[];
}

const market = (shares: readonly number[]): fc.Arbitrary<Market> =>
  fc.record({
    scale: fc.constantFrom(1e-9, 7e-6, 1e-3, 1, 100, 1e5, 1e9, 1e12),
    share: fc.constantFrom(...shares),
    giant: fc.constantFrom(0, 0, 1, 1e6, 1e12),
    giantBar: fc.nat(BARS - 1),
    // Some stand still.
    moves: fc.array(
      fc.oneof(
        { weight: 5, arbitrary: fc.double({ min: -1, max: 1, noNaN: true }) },
        { weight: 1, arbitrary: fc.constant(0.25) },
      ),
      { minLength: 8 * BARS, maxLength: 8 * BARS },
    ),
  });

/** Columns that hold together as bars do: a high is the largest, a low the smallest; others go as they like. */
function columnsOf(block: KernelBlock, { scale, share, giant, giantBar, moves }: Market): Float64Array[] {
  const price = (bar: number, column: number): number =>
    scale * (1 + share * (moves[8 * bar + column] ?? 0)) * (bar === giantBar && giant > 0 ? 1 + giant : 1);
  const reads: Readonly<Record<string, (bar: number) => number>> = {
    open: (bar) => price(bar, 0),
    close: (bar) => price(bar, 1),
    high: (bar) => Math.max(price(bar, 0), price(bar, 1), price(bar, 2)),
    low: (bar) => Math.min(price(bar, 0), price(bar, 1), price(bar, 2)),
    volume: (bar) => Math.abs(price(bar, 3)),
  };
  const names: readonly string[] = block.reads ?? [];
  return Array.from({ length: columnCount(block) }, (_, index) =>
    Float64Array.from({ length: BARS }, (_unused, bar) =>
      (reads[names[index] ?? ''] ?? ((at: number) => price(at, 4 + index)))(bar),
    ),
  );
}

const NAMES = [
  'sum',
  'mean',
  'sma',
  'wma',
  'trima',
  'kama',
  'var',
  'stddev',
  'zscore',
  'avgdev',
  'bbands',
  'correl',
  'beta',
  'linearreg',
  'linearreg_intercept',
  'linearreg_slope',
  'tsf',
  'cci',
  'mfi',
  'rsi',
  'cmo',
  'plus_di',
  'minus_di',
  'ultosc',
  'accbands',
  'apo',
  'ppo',
  'macdext',
  'stochf',
  'stoch',
];

function expectRight(block: KernelBlock, params: Params, columns: readonly Float64Array[]): void {
  const out = block.outputs.map(() => new Float64Array(BARS));
  block.kernel.batch(params, columns, out, BARS);
  const exact = DEFINITIONS[block.name]?.(params, columns.map(columnOf), columns);
  for (const [index, column] of (exact ?? []).entries()) {
    column.forEach((value, bar) => {
      if (value === null) return;
      const got = out[index]?.[bar] ?? Number.NaN;
      if (!(Math.abs(got - toNumber(value)) <= allowance(value)))
        expect({ bar, got, params }).toEqual({ bar, got: toNumber(value), params });
    });
  }
}

describe('is right to a billionth of a computation with 400 digits', () => {
  const blocks = NAMES.flatMap((name) => {
    const block = findBlock(name);
    return block?.kind === 'kernel' ? [[name, block] as const] : [];
  });

  test.each(blocks)(
    '%s: of small and large prices, of an offset far beyond what moves, and behind a giant',
    (_name, block) => {
      fc.assert(
        fc.property(market([1e-9, 1e-6, 3e-5, 0.02, 0.9]), fc.integer({ min: 2, max: 20 }), (prices, period) => {
          const params = Object.fromEntries(
            optionPorts(block).map((port, index) => [
              port.name,
              port.integer ? Math.max(port.min ?? 2, period - index) : (port.default ?? null),
            ]),
          );
          expectRight(block, params, columnsOf(block, prices));
        }),
        { numRuns: 40 * SCALE },
      );
    },
  );
});

test('a comparison that the rounding of its sides decides is left open, and what remembers it with it', () => {
  // The low falls by 6e-5 more than the high rises: less than what doubles keep of either.
  const high = Float64Array.of(1e12, 1899999999999.9983, 1.9e12, 1.9e12);
  const low = Float64Array.of(1e12, 100000000000.00165, 1e12, 1e12);
  const columns = [high, low, high];
  for (const name of ['plus_di', 'minus_di']) {
    const [values = []] = DEFINITIONS[name]?.({ timePeriod: 2 }, columns.map(columnOf), columns) ?? [];
    expect(values).toEqual([null, null, null, null]);
  }
  const [decided = []] =
    DEFINITIONS['plus_di']?.({ timePeriod: 2 }, [high, high, high].map(columnOf), [high, high, high]) ?? [];
  expect(decided.slice(2).map((value) => value && toNumber(value))).toEqual([100, 100]);
});

describe('a level window', () => {
  const level = (block: KernelBlock, price: number): Float64Array[] =>
    Array.from({ length: columnCount(block) }, () =>
      new Float64Array(BARS).map((_, bar) => (bar < 20 ? 1e12 * price * Math.sin(bar) : price)),
    );
  test.each([
    ['var', 0],
    ['stddev', 0],
    ['avgdev', 0],
    ['zscore', Number.NaN],
    ['correl', 0],
    ['beta', 0],
    ['linearreg_slope', 0],
    ['cci', 0],
  ] as const)('of %s is %s, whatever passed before', (name, expected) => {
    const block = findBlock(name);
    if (block?.kind !== 'kernel') throw new Error(`there is no block ${name}`);
    for (const price of [1e-9, 0.1, 123.456, 1e9 / 3]) {
      const out = new Float64Array(BARS);
      block.kernel.batch({ timePeriod: 7, nbDev: 1 }, level(block, price), [out], BARS);
      expect(out.slice(30)).toEqual(new Float64Array(30).fill(expected));
    }
  });
});

test('a correlation is never beyond one, a variance never below zero', () => {
  const [correl, variance] = [findBlock('correl'), findBlock('var')];
  if (correl?.kind !== 'kernel' || variance?.kind !== 'kernel') throw new Error('there are no such blocks');
  fc.assert(
    fc.property(market([1e-15, 1e-12, 1e-6, 0.5]), fc.integer({ min: 2, max: 9 }), (prices, timePeriod) => {
      const out = new Float64Array(BARS);
      const [x = out, y = out] = columnsOf(correl, prices);
      correl.kernel.batch({ timePeriod }, [x, x.map((value, bar) => 3 * value + 1e-13 * (y[bar] ?? 0))], [out], BARS);
      expect(out.every((value) => !(Math.abs(value) > 1))).toBe(true);
      variance.kernel.batch({ timePeriod, nbDev: 1 }, [x], [out], BARS);
      expect(out.every((value) => !(value < 0))).toBe(true);
    }),
    { numRuns: 100 * SCALE },
  );
});

test('bands, deviation and score of prices of 7e-6 are what Python makes of them', () => {
  const source = [...SMALL_PRICES.close];
  const given = { source, timePeriod: 20 };
  const valuesOfBlock = (name: string): Record<string, number[]> => {
    const block = findBlock(name);
    if (block?.kind !== 'kernel') throw new Error(`there is no block ${name}`);
    return valuesOf(block, given);
  };
  const { upper = [], lower = [] } = valuesOfBlock('bbands');
  const last = (values: readonly number[] | undefined): number[] => (values ?? []).slice(-4);
  const near = (got: readonly number[], right: readonly number[]): void =>
    got.forEach((value, index) => expect(Math.abs(value / (right[index] ?? 0) - 1)).toBeLessThan(1e-9));
  near(last(upper.map((value, bar) => value - (lower[bar] ?? 0))), SMALL_PRICES.width);
  near(last(valuesOfBlock('stddev')['value']), SMALL_PRICES.deviation);
  near(last(valuesOfBlock('zscore')['value']), SMALL_PRICES.score);
});

test('supertrend begins where and as TradingView has it', () => {
  const block = findBlock('supertrend');
  if (block?.kind !== 'kernel') throw new Error('there is no such block');
  const { line = [], direction = [] } = valuesOf(block, {
    high: [...FIRST_TRENDS.high],
    low: [...FIRST_TRENDS.low],
    close: [...FIRST_TRENDS.close],
    timePeriod: 10,
    multiplier: 1.5,
  });
  expect(line.slice(0, 9).every(Number.isNaN)).toBe(true);
  expect(line.slice(9, 29).map((value) => Number(value.toFixed(6)))).toEqual([...FIRST_TRENDS.line]);
  expect(direction.slice(9, 29)).toEqual([...FIRST_TRENDS.direction]);
});
