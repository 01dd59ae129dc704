import { assert, property, array, constantFrom, integer, oneof } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { finite, hasInfinite } from './finite.ts';
import { exponential, simple, weighted } from './moving-average.ts';
import type { Stage } from './stage.ts';
import { deviationOf, sumOf, varianceOf } from './statistics.ts';
import { triangular } from './trima.ts';

const STAGES: Readonly<Record<string, (period: number) => Stage>> = {
  simple,
  weighted,
  exponential: (period) => exponential(period),
  triangular,
  sumOf,
  varianceOf,
  deviationOf: (period) => deviationOf(period),
  'deviationOf, very many': (period) => deviationOf(period, 1e300),
};

/** Values of which sums overflow sooner or later, among others and `na`. */
const value = oneof(
  { weight: 6, arbitrary: integer({ min: -1000, max: 1000 }).map((x) => x / 8) },
  { weight: 2, arbitrary: constantFrom(Number.MAX_VALUE, -Number.MAX_VALUE, 6e307, -6e307, 1e160) },
  { weight: 1, arbitrary: constantFrom(Number.NaN) },
);

describe('stages over columns', () => {
  test.each(Object.entries(STAGES))(
    '%s says of no column with an infinite number that it has none',
    (_name, stageOf) => {
      assert(
        property(array(value, { maxLength: 60 }), integer({ min: 2, max: 12 }), (values, period) => {
          const source = Float64Array.from(values);
          const out = new Float64Array(source.length);
          const isFinite = stageOf(period).column(source, out, source.length);
          if (isFinite) expect(hasInfinite(out, 0, out.length)).toBe(false);
          const cell = stageOf(period).start();
          expect([...out].map(finite)).toEqual(values.map((x) => finite(cell.next(x))));
        }),
        { numRuns: 300 },
      );
    },
  );

  test.each(['simple', 'weighted', 'exponential', 'deviationOf'])(
    '%s looks no second time at a column of ordinary prices',
    (name) => {
      const source = Float64Array.from({ length: 5000 }, (_, bar) => (bar === 700 ? Number.NaN : 100 + Math.sin(bar)));
      expect(STAGES[name]?.(20).column(source, new Float64Array(5000), 5000)).toBe(true);
    },
  );
});
