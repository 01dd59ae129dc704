import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sparkOf, sparkPath, STRETCHES } from './spark.ts';

const columns = fc.array(fc.oneof(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), fc.constant(Number.NaN)), {
  minLength: 1,
  maxLength: 400,
});

test('every value lies within the stretch that it falls into, and no stretch is wider than its values', () => {
  fc.assert(
    fc.property(columns, (list) => {
      const series = Float64Array.from(list);
      const spark = sparkOf(series, { from: 0, to: series.length });
      if (!spark) return;
      const count = spark.low.length;
      expect(count).toBeLessThanOrEqual(STRETCHES);
      for (let stretch = 0; stretch < count; stretch += 1) {
        const within = list.filter(
          (value, bar) =>
            !Number.isNaN(value) && Math.min(count - 1, Math.floor((bar / list.length) * count)) === stretch,
        );
        const [low, high] = [spark.low[stretch], spark.high[stretch]];
        if (within.length === 0) expect(low).toBeNaN();
        else expect([low, high]).toEqual([Math.fround(Math.min(...within)), Math.fround(Math.max(...within))]);
      }
    }),
  );
});

test('a picture stays in its box, whatever the values are', () => {
  fc.assert(
    fc.property(columns, fc.integer({ min: 0, max: 50 }), (list, from) => {
      const spark = sparkOf(Float64Array.from(list), { from, to: list.length });
      const path = spark ? sparkPath(spark, { width: 100, height: 20 }) : '';
      const numbers = (path.match(/-?[\d.]+/g) ?? []).map(Number);
      numbers.forEach((number, index) => {
        expect(number).toBeGreaterThanOrEqual(0);
        expect(number).toBeLessThanOrEqual(index % 2 === 0 ? 100 : 20);
      });
      expect(path).not.toContain('NaN');
    }),
  );
});
