import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unionOf, without } from './times.ts';

const times = fc.uniqueArray(fc.integer({ min: 0, max: 60 })).map((some) => Float64Array.from(some).sort());

test('times are joined and left out as sets are', () => {
  fc.assert(
    fc.property(times, times, (a, b) => {
      expect([...unionOf(a, b)]).toEqual([...new Set([...a, ...b])].sort((x, y) => x - y));
      expect([...without(a, b)]).toEqual([...a].filter((time) => !b.includes(time)));
    }),
  );
});
