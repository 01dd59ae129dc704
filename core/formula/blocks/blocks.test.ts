import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isSeriesPort } from '../facts/constants.ts';
import type { KernelBlock, Params } from '../model/block.ts';
import { KERNEL_BLOCKS } from './index.ts';
import { TALIB } from './kit/ports.ts';

const BARS = 120;

const isCondition = (block: KernelBlock, column: number): boolean => {
  const reads = block.reads?.length ?? 0;
  return (
    column >= reads && block.inputs.filter(({ type }) => isSeriesPort(type))[column - reads]?.type === 'series<bool>'
  );
};

const columnCount = (block: KernelBlock): number =>
  (block.reads?.length ?? 0) + block.inputs.filter(({ type }) => isSeriesPort(type)).length;

const arbitraryParams = (block: KernelBlock): fc.Arbitrary<Params> =>
  fc.record(
    Object.fromEntries(
      block.inputs.flatMap((port): [string, fc.Arbitrary<number | string>][] => {
        if (port.options) return [[port.name, fc.constantFrom(...port.options)]];
        if (port.type !== 'number') return [];
        const least = port.min ?? 0;
        return [
          [
            port.name,
            port.integer
              ? fc.integer({ min: least, max: Math.min(port.max ?? 12, least + 12) })
              : fc.double({ min: port.min ?? 0.1, max: port.max ?? 4, noNaN: true }),
          ],
        ];
      }),
    ),
  );

/** Prices, long flat stretches, gaps, and numbers that overflow. */
const wild = fc.oneof(
  { weight: 12, arbitrary: fc.double({ min: 1, max: 200, noNaN: true }) },
  { weight: 4, arbitrary: fc.constantFrom(100, 100, 0, -3) },
  { weight: 2, arbitrary: fc.constant(Number.NaN) },
  { weight: 1, arbitrary: fc.constantFrom(1e300, -1e300, 5e-324, 1e-12) },
);

const columnsOf = (block: KernelBlock, value: fc.Arbitrary<number>): fc.Arbitrary<Float64Array[]> =>
  fc.tuple(
    ...Array.from({ length: columnCount(block) }, (_, column) =>
      fc
        .array(isCondition(block, column) ? fc.constantFrom(0, 1) : value, { minLength: BARS, maxLength: BARS })
        .map((values) => Float64Array.from(values)),
    ),
  );

const batchOf = (block: KernelBlock, params: Params, columns: readonly Float64Array[]): Float64Array[] => {
  const out = block.outputs.map(() => new Float64Array(BARS));
  block.kernel.batch(params, columns, out, BARS);
  return out;
};

const bits = (values: Float64Array): BigUint64Array =>
  new BigUint64Array(values.map((value) => (Number.isNaN(value) ? Number.NaN : value)).buffer);

describe.each(KERNEL_BLOCKS.map((block) => [block.name, block] as const))('%s', (_name, block) => {
  test('batch and step agree to the bit, with a save and restore at any bar', () => {
    fc.assert(
      fc.property(arbitraryParams(block), columnsOf(block, wild), fc.nat(BARS - 1), (params, columns, pause) => {
        const batch = batchOf(block, params, columns);
        let state = block.kernel.stream(params);
        const values = new Float64Array(columns.length);
        const out = new Float64Array(block.outputs.length);
        const stepped = block.outputs.map(() => new Float64Array(BARS));
        for (let bar = 0; bar < BARS; bar += 1) {
          if (bar === pause) {
            const saved = state.save();
            state = block.kernel.stream(params);
            state.restore(saved);
          }
          columns.forEach((column, index) => (values[index] = column[bar] ?? Number.NaN));
          state.step(values, out);
          stepped.forEach((column, index) => (column[bar] = out[index] ?? Number.NaN));
        }
        stepped.forEach((column, index) => expect(bits(column)).toEqual(bits(batch[index] ?? new Float64Array(0))));
      }),
      { numRuns: 40 },
    );
  });

  test('gives finite numbers or na, and bools that are 0 or 1', () => {
    fc.assert(
      fc.property(arbitraryParams(block), columnsOf(block, wild), (params, columns) => {
        const first = columns[0]?.slice() ?? new Float64Array(0);
        batchOf(block, params, columns).forEach((column, index) => {
          const isBool = block.outputs[index]?.type === 'series<bool>';
          expect(
            column.every((value) =>
              isBool ? value === 0 || value === 1 : Number.isFinite(value) || Number.isNaN(value),
            ),
          ).toBe(true);
        });
        expect(columns[0] ?? first).toEqual(first);
      }),
      { numRuns: 20 },
    );
  });

  // Conditions begin with false, events with whatever happens first; a z-score is undefined where nothing varies, an
  // arc sine beyond 1.
  test.skipIf(
    block.outputs[0]?.type === 'series<bool>' ||
      ['barsSince', 'valueWhen', 'zscore', 'acos', 'asin'].includes(block.name),
  )('has its first value behind its lookback', () => {
    fc.assert(
      fc.property(
        arbitraryParams(block),
        columnsOf(block, fc.double({ min: 50, max: 90, noNaN: true })),
        (params, columns) => {
          const lookback = block.lookback(params);
          for (const column of batchOf(block, params, columns)) {
            const first = column.findIndex((value) => !Number.isNaN(value));
            if (lookback < BARS) expect(first).toBe(lookback);
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  test.skipIf(block.source !== TALIB || ['acos', 'asin'].includes(block.name))(
    'has no value on a bar that is missing, and values again behind it',
    () => {
      fc.assert(
        fc.property(
          arbitraryParams(block),
          columnsOf(block, fc.double({ min: 50, max: 90, noNaN: true })),
          fc.nat(BARS - 1),
          (params, columns, gap) => {
            for (const column of columns) column[gap] = Number.NaN;
            for (const column of batchOf(block, params, columns)) {
              expect(column[gap]).toBeNaN();
              if (gap + 2 * block.lookback(params) + 2 < BARS) expect(column.at(-1)).not.toBeNaN();
            }
          },
        ),
        { numRuns: 20 },
      );
    },
  );
});
