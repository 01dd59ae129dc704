import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SCALE } from '#core/formula/testing/scale.ts';
import { isSeriesPort } from '../facts/constants.ts';
import type { KernelBlock } from '../model/block.ts';
import { KERNEL_BLOCKS } from './index.ts';

const BARS = 150;
const PRICES: ReadonlySet<string> = new Set(['open', 'high', 'low', 'close']);

/**
 * By which power of the unit of prices each output grows; a block of which nothing is said stays as it is. `none`:
 * there is no such power.
 */
const DEGREES: Readonly<Record<string, number | 'none' | readonly number[]>> = {
  ...Object.fromEntries(
    [
      'accbands',
      'apo',
      'atr',
      'avgdev',
      'bbands',
      'dema',
      'donchian',
      'ema',
      'heikinAshi',
      'highest',
      'hma',
      'ht_phasor',
      'ht_trendline',
      'ichimoku',
      'kama',
      'keltner',
      'linearreg',
      'linearreg_intercept',
      'linearreg_slope',
      'lowest',
      'ma',
      'macd',
      'macdext',
      'macdfix',
      'mama',
      'mavp',
      'mean',
      'midpoint',
      'midprice',
      'minmax',
      'minus_dm',
      'mom',
      'percentile',
      'plus_dm',
      'sar',
      'sarext',
      'sma',
      'stddev',
      'sum',
      't3',
      'tema',
      'trange',
      'trima',
      'tsf',
      'vwap',
      'wma',
      'zlema',
    ].map((name) => [name, 1]),
  ),
  var: 2,
  supertrend: [1, 0],
  linearreg_angle: 'none',
};

const columnsOf = (block: KernelBlock, moves: readonly number[], unit: number): Float64Array[] => {
  const closes: number[] = [];
  moves.forEach((move, bar) => closes.push((closes[bar - 1] ?? 100) * (1 + move)));
  const wick = (bar: number): number => 1 + Math.abs(moves[BARS - 1 - bar] ?? 0) / 2;
  const columns: Readonly<Record<string, (bar: number) => number>> = {
    open: (bar) => closes[bar - 1] ?? 100,
    close: (bar) => closes[bar] ?? 0,
    high: (bar) => Math.max(closes[bar - 1] ?? 100, closes[bar] ?? 0) * wick(bar),
    low: (bar) => Math.min(closes[bar - 1] ?? 100, closes[bar] ?? 0) / wick(bar),
    volume: (bar) => 1000 + (bar % 7),
    time: (bar) => bar * 3_600_000,
    date: (bar) => bar * 3_600_000,
    index: (bar) => bar,
    periods: (bar) => 2 + (bar % 20),
  };
  const names: readonly string[] = [
    ...(block.reads ?? []),
    ...block.inputs.filter(({ type }) => isSeriesPort(type)).map(({ name }) => name),
  ];
  return names.map((name, index) => {
    const column = columns[name] ?? columns[index === 0 ? 'close' : 'high'];
    const isPrice = PRICES.has(name) || !columns[name];
    return Float64Array.from({ length: BARS }, (_, bar) => (column?.(bar) ?? 0) * (isPrice ? unit : 1));
  });
};

const valuesOf = (block: KernelBlock, columns: readonly Float64Array[]): Float64Array[] => {
  const params = Object.fromEntries(
    block.inputs.filter(({ type }) => !isSeriesPort(type)).map((port) => [port.name, port.default ?? null]),
  );
  const out = block.outputs.map(() => new Float64Array(BARS));
  block.kernel.batch(params, columns, out, BARS);
  return out;
};

/** Powers of two shift the point of a double and take no digit: what then is other than scaled is a threshold. */
const UNITS = [2 ** -50, 2 ** -30, 2 ** -17, 2 ** 10, 2 ** 40];

describe('the unit of prices makes no difference, from 1e-13 to 1e14', () => {
  const blocks = KERNEL_BLOCKS.filter(
    ({ group, name }) => ['indicators', 'windows', 'patterns'].includes(group) && DEGREES[name] !== 'none',
  ).map((block) => [block.name, block] as const);

  test.each(blocks)('%s', (name, block) => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -0.03, max: 0.03, noNaN: true }), { minLength: BARS, maxLength: BARS }),
        fc.constantFrom(...UNITS),
        (moves, unit) => {
          const [plain, scaled] = [
            valuesOf(block, columnsOf(block, moves, 1)),
            valuesOf(block, columnsOf(block, moves, unit)),
          ];
          plain.forEach((column, index) => {
            const degree = DEGREES[name] ?? 0;
            const factor = unit ** (typeof degree === 'number' ? degree : Number(degree[index] ?? 0));
            column.forEach((value, bar) => {
              const got = (scaled[index]?.[bar] ?? Number.NaN) / factor;
              if (!(Number.isNaN(value) ? Number.isNaN(got) : Math.abs(got - value) <= 1e-9 * Math.abs(value)))
                expect({ bar, index, got }).toEqual({ bar, index, got: value });
            });
          });
        },
      ),
      { numRuns: 10 * SCALE },
    );
  });
});
