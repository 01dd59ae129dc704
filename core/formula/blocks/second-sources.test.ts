import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SCALE } from '#core/formula/testing/scale.ts';
import { isSeriesPort } from '../facts/constants.ts';
import type { KernelBlock, Params } from '../model/block.ts';
import { KERNEL_BLOCKS } from './index.ts';
import { TALIB } from './kit/ports.ts';
import { PLAIN } from './testing/second-sources/definitions.ts';
import { LIBRARIES } from './testing/second-sources/libraries.ts';

const BARS = 90;
const BEYOND = KERNEL_BLOCKS.filter(({ source }) => source !== TALIB);
const SOURCES = { ...PLAIN, ...LIBRARIES };

/** Half an hour to half a day, so that days, weeks and months begin. */
const times = fc
  .tuple(fc.integer({ min: 0, max: 1.9e12 }), fc.integer({ min: 1, max: 24 }))
  .map(([first, halves]) => Array.from({ length: BARS }, (_, bar) => first + bar * halves * 1_800_000));

const many = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value[]> =>
  fc.array(value, { minLength: BARS, maxLength: BARS });

/** Bars that hold together. */
const bars: fc.Arbitrary<Readonly<Record<string, readonly number[]>>> = fc
  .record({
    time: times,
    moves: many(
      fc
        .tuple(fc.constantFrom(1, -1), fc.double({ min: 0.001, max: 0.05, noNaN: true }))
        .map(([sign, move]) => sign * move),
    ),
    wicks: many(fc.double({ min: 0, max: 0.03, noNaN: true })),
    volume: many(fc.integer({ min: 1, max: 1000 })),
  })
  .map(({ time, moves, wicks, volume }) => {
    let price = 100;
    const rows = moves.map((move, bar) => {
      const open = price;
      price *= 1 + move;
      return {
        open,
        close: price,
        high: Math.max(open, price) * (1 + (wicks[bar] ?? 0)),
        low: Math.min(open, price) * (1 - (wicks[BARS - 1 - bar] ?? 0)),
      };
    });
    const column = (name: 'open' | 'high' | 'low' | 'close'): number[] => rows.map((row) => row[name]);
    return {
      time,
      volume,
      open: column('open'),
      high: column('high'),
      low: column('low'),
      close: column('close'),
      index: rows.map((_, bar) => bar),
    };
  });

/**
 * A series with values that repeat and, where the source knows none of them, without gaps. Parts are powers of two, so
 * that a multiple is one to the last digit.
 */
const seriesOf = (block: KernelBlock): fc.Arbitrary<number[]> =>
  many(
    fc.oneof(
      { weight: 4, arbitrary: fc.integer({ min: -20_000, max: 20_000 }).map((x) => x / 1024) },
      { weight: 6, arbitrary: fc.integer({ min: -4, max: 4 }) },
      { weight: ['zlema', 'hma'].includes(block.name) ? 0 : 1, arbitrary: fc.constant(Number.NaN) },
    ),
  );

const columnsOf = (block: KernelBlock): fc.Arbitrary<number[][]> =>
  fc
    .tuple(
      bars,
      ...block.inputs
        .filter(({ type }) => isSeriesPort(type))
        .map(({ type }) => (type === 'series<bool>' ? many(fc.constantFrom(0, 1)) : seriesOf(block))),
    )
    .map(([prices, ...series]) => [
      ...(block.reads ?? []).map((read) => [...(prices[read === 'date' ? 'time' : read] ?? [])]),
      ...series,
    ]);

/** Where the source means the same for some parameters alone. */
const NARROWED: Readonly<Record<string, Readonly<Record<string, fc.Arbitrary<number | string>>>>> = {
  vwap: { anchor: fc.constant('day') },
  supertrend: { multiplier: fc.double({ min: 3, max: 5, noNaN: true }), timePeriod: fc.integer({ min: 1, max: 5 }) },
  keltner: { multiplier: fc.double({ min: 0.5, max: 3, noNaN: true }) },
};

const paramsOf = (block: KernelBlock): fc.Arbitrary<Params> =>
  fc.record(
    Object.fromEntries(
      block.inputs.flatMap((port): [string, fc.Arbitrary<number | string>][] => {
        const narrowed = NARROWED[block.name]?.[port.name];
        if (narrowed) return [[port.name, narrowed]];
        if (port.type !== 'number') return [];
        const least = port.min ?? 0;
        return [
          [
            port.name,
            port.integer
              ? fc.integer({ min: least, max: least + 20 })
              : fc.double({ min: least, max: port.max ?? 4, noNaN: true }),
          ],
        ];
      }),
    ),
  );

test('every block that TA-Lib does not answer for has a second source, and none has one in vain', () => {
  expect(Object.keys(SOURCES).toSorted()).toEqual(BEYOND.map(({ name }) => name).toSorted());
});

describe('gives what its second source gives, from the same bar on', () => {
  test.each(BEYOND.map((block) => [block.name, block] as const))('%s', (name, block) => {
    fc.assert(
      fc.property(paramsOf(block), columnsOf(block), (params, columns) => {
        const out = block.outputs.map(() => new Float64Array(BARS));
        block.kernel.batch(
          params,
          columns.map((column) => Float64Array.from(column)),
          out,
          BARS,
        );
        const expected = SOURCES[name]?.(params, columns) ?? [];
        expect(expected.length).toBe(out.length);
        out.forEach((column, output) =>
          column.forEach((got, bar) => {
            const value = expected[output]?.[bar] ?? Number.NaN;
            if (
              !(Number.isNaN(got) ? Number.isNaN(value) : Math.abs(got - value) <= 1e-9 * Math.max(1, Math.abs(value)))
            )
              expect({ output, bar, got }).toEqual({ output, bar, got: value });
          }),
        );
      }),
      { numRuns: 60 * SCALE },
    );
  });
});
