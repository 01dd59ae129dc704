import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SCALE } from '#core/formula/testing/scale.ts';
import { KERNEL_BLOCKS } from './blocks/index.ts';
import { isSeriesPort } from './facts/constants.ts';
import type { BarSource, KernelBlock, Params } from './model/block.ts';
import { exactly, type Interval } from './model/interval.ts';

const BARS = 80;
/** As the checker allows for it. */
const ROUNDING = 1e-6;

const seriesPorts = (block: KernelBlock) => block.inputs.filter(({ type }) => isSeriesPort(type));

const arbitraryParams = (block: KernelBlock): fc.Arbitrary<Params> =>
  fc.record(
    Object.fromEntries(
      block.inputs.flatMap((port): [string, fc.Arbitrary<number | string>][] => {
        if (port.options) return [[port.name, fc.constantFrom(...port.options)]];
        if (port.type !== 'number') return [];
        const [least, most] = [port.min ?? 0, port.max ?? 12];
        return [
          [
            port.name,
            port.integer
              ? fc.integer({ min: least, max: Math.min(most, least + 12) })
              : fc.double({ min: least, max: Math.min(most, least + 4), noNaN: true }),
          ],
        ];
      }),
    ),
  );

/** Bars as markets send them: high, low and close in their order, flat stretches and jumps among them. */
const arbitraryBars: fc.Arbitrary<Record<BarSource, Float64Array>> = fc
  .array(
    fc.record({
      jump: fc.oneof(
        { weight: 3, arbitrary: fc.constant(1) },
        { weight: 6, arbitrary: fc.double({ min: 0.9, max: 1.1, noNaN: true }) },
        { weight: 1, arbitrary: fc.constantFrom(1e-3, 1e3) },
      ),
      open: fc.double({ min: 0, max: 1, noNaN: true }),
      close: fc.double({ min: 0, max: 1, noNaN: true }),
      span: fc.constantFrom(0, 0.01, 0.3),
      volume: fc.constantFrom(0, 1, 1000.5),
    }),
    { minLength: BARS, maxLength: BARS },
  )
  .map((moves) => {
    const columns = Object.fromEntries(
      (['time', 'date', 'open', 'high', 'low', 'close', 'volume', 'index'] as const).map((name) => [
        name,
        new Float64Array(BARS),
      ]),
    );
    let price = 100;
    moves.forEach(({ jump, open, close, span, volume }, bar) => {
      price = Math.min(1e9, Math.max(1e-6, price * jump));
      const low = price;
      const high = price * (1 + span);
      const within = (share: number) => Math.min(high, Math.max(low, low + (high - low) * share));
      const values = {
        time: (bar - BARS / 2) * 5_000_000,
        date: (bar - BARS / 2) * 5_000_000,
        open: within(open),
        high,
        low,
        close: within(close),
        volume,
        index: bar,
      };
      for (const [name, value] of Object.entries(values)) if (columns[name]) columns[name][bar] = value;
    });
    return columns as Record<BarSource, Float64Array>;
  });

/** Bounds, and values within them. */
const arbitraryInput: fc.Arbitrary<{ readonly range: Interval; readonly values: Float64Array }> = fc
  .record({
    ends: fc.tuple(
      fc.constantFrom(-Infinity, -1e6, -3, -1, 0, 1, 2, 50),
      fc.constantFrom(-2, 0, 1, 1, 5, 100, 1e6, Infinity),
    ),
    integer: fc.boolean(),
    missing: fc.constantFrom<Interval['missing']>('never', 'early', 'anywhere'),
    shares: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: BARS, maxLength: BARS }),
  })
  .map(({ ends, integer, missing, shares }) => {
    const [min, max] = [Math.min(...ends), Math.max(...ends)];
    const [least, most] = [Math.max(min, -1e7), Math.min(max, 1e7)];
    const values = Float64Array.from(shares, (share, bar) => {
      if ((missing === 'early' && bar < 5) || (missing === 'anywhere' && share < 0.1)) return Number.NaN;
      const value =
        share > 0.9 ? most : share > 0.8 ? least : Math.min(most, Math.max(least, least + (most - least) * share));
      return integer ? Math.round(value) : value;
    });
    return { range: { min, max, integer, missing }, values };
  });

const run = (block: KernelBlock, params: Params, columns: readonly Float64Array[]): Float64Array[] => {
  const out = block.outputs.map(() => new Float64Array(BARS));
  block.kernel.batch(params, columns, out, BARS);
  return out;
};

const isWithin = (value: number, { min, max, integer, missing }: Interval, slack = 0): boolean =>
  Number.isNaN(value)
    ? missing !== 'never'
    : value >= min - slack && value <= max + slack && (!integer || Number.isInteger(value));

const promising = KERNEL_BLOCKS.filter(
  (block) =>
    block.bounds ||
    block.implies ||
    block.selects ||
    block.outputs.some(({ min, max, integer }) => min !== undefined || max !== undefined || integer),
);

describe.each(promising.map((block) => [block.name, block] as const))('%s gives what it guarantees', (_name, block) => {
  const ports = seriesPorts(block);
  const isCondition = (name: string) => ports.find((port) => port.name === name)?.type === 'series<bool>';
  const inputs = fc.tuple(
    ...ports.map(({ name }) =>
      isCondition(name)
        ? arbitraryInput.map(({ values }) => ({
            range: { ...exactly(0), max: 1 },
            values: values.map((value) => (value > 1 ? 1 : 0)),
          }))
        : arbitraryInput,
    ),
  );

  test('on any bars and inputs', () => {
    fc.assert(
      fc.property(arbitraryParams(block), arbitraryBars, inputs, (params, bars, given) => {
        const columns = [...(block.reads ?? []).map((source) => bars[source]), ...given.map(({ values }) => values)];
        const results = run(block, params, columns);
        block.outputs.forEach(({ min = -Infinity, max = Infinity, integer = false, rounded }, index) => {
          const slack = rounded ? ROUNDING * Math.max(...[min, max].filter(Number.isFinite).map(Math.abs), 0) : 0;
          const wrong = results[index]?.find(
            (value) => !isWithin(value, { min, max, integer, missing: 'anywhere' }, slack),
          );
          expect(wrong).toBeUndefined();
        });
        const of = (name: string): Interval =>
          given[ports.findIndex((port) => port.name === name)]?.range ?? exactly(Number(params[name]));
        const bounds = block.bounds?.(of);
        if (bounds) expect(results[0]?.find((value) => !isWithin(value, bounds))).toBeUndefined();
        results[0]?.forEach((value, bar) => {
          const at = (name: string) => given[ports.findIndex((port) => port.name === name)]?.values[bar] ?? Number.NaN;
          const holds = (block.implies ?? []).every(([left, relation, right]) =>
            compares(at(left), relation, at(right)),
          );
          if (block.implies && (value === 1 || block.pointwise)) expect(value === 1).toBe(holds);
          if (block.selects && !Number.isNaN(value))
            expect(columns.some((column) => column.includes(value))).toBe(true);
        });
      }),
      { numRuns: 60 * SCALE },
    );
  });
});

const counting = KERNEL_BLOCKS.filter(
  (block) =>
    block.outputs.some(({ type }) => type !== 'series<bool>') &&
    seriesPorts(block).some(({ type }) => type !== 'series<bool>'),
);

describe.each(counting.map((block) => [block.name, block] as const))('%s waits for what it needs', (_name, block) => {
  const ports = seriesPorts(block);
  const input = fc.record({ given: arbitraryInput, start: fc.nat(BARS - 10), isStill: fc.boolean() });

  test('whatever series is missing at first, and whatever the others are', () => {
    fc.assert(
      fc.property(
        arbitraryParams(block),
        arbitraryBars,
        fc.tuple(...ports.map(() => input)),
        (params, bars, inputs) => {
          const isCondition = (index: number) => ports[index]?.type === 'series<bool>';
          // One value that stands still, such as the exponent 0, may make more of a value that is missing than one that
          // moves.
          const series = inputs.map(({ given: { values, range }, start, isStill }, index) => {
            const still = range.max < Infinity ? range.max : 1;
            return values.map((value, bar) => {
              if (isCondition(index)) return value > 1 ? 1 : 0;
              return bar < start ? Number.NaN : isStill ? still : value;
            });
          });
          const of = (name: string): Interval =>
            inputs[ports.findIndex((port) => port.name === name)]?.given.range ?? exactly(Number(params[name]));
          if (block.fillsIn?.(of)) return;
          const latest = Math.max(...inputs.map(({ start }, index) => (isCondition(index) ? 0 : start)));
          const own = Math.max(0, block.lookback(params));
          const first = ports.length > 1 ? Math.max(latest, own) : latest + own;
          const results = run(block, params, [...(block.reads ?? []).map((source) => bars[source]), ...series]);
          for (const [index, { type }] of block.outputs.entries())
            if (type !== 'series<bool>') expect(results[index]?.slice(0, first).every(Number.isNaN)).toBe(true);
        },
      ),
      { numRuns: 40 * SCALE },
    );
  });
});

function compares(a: number, relation: '<' | '<=' | '==' | '!=', b: number): boolean {
  if (relation === '<') return a < b;
  if (relation === '<=') return a <= b;
  return relation === '==' ? a === b : a < b || a > b;
}
