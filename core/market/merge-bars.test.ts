import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BAR_COLUMNS } from './bars.ts';
import { mergeBars } from './merge-bars.ts';

type Row = readonly [time: number, price: number, volume: number];

const columnsOf = (rows: readonly Row[]) => {
  const price = Float64Array.from(rows, ([, value]) => value);
  return {
    time: Float64Array.from(rows, ([time]) => time),
    open: price,
    high: price,
    low: price,
    close: price,
    volume: Float64Array.from(rows, ([, , volume]) => volume),
  };
};
const rows = fc
  .uniqueArray(
    fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 3 }), fc.constantFrom(0, -0, 1, Number.NaN)),
    { selector: ([time]) => time },
  )
  .map((all) => all.toSorted(([a], [b]) => a - b));
const isSame = (a: number, b: number): boolean => a === b || (Number.isNaN(a) && Number.isNaN(b));

test('known and given bars together: of one time the given bar, counted once as agreeing, changed or added', () => {
  fc.assert(
    fc.property(rows, rows, fc.boolean(), (known, given, hasVolume) => {
      const merged = mergeBars(columnsOf(known), columnsOf(given), { hasVolume });
      const before = new Map(known.map((row) => [row[0], row]));
      const expected = new Map<number, Row>(before);
      const [changed, added]: [number[], number[]] = [[], []];
      for (const row of given) {
        const [time, price, volume] = row;
        const old = before.get(time);
        const next: Row = [time, price, old && !hasVolume ? old[2] : volume];
        if (!old) added.push(time);
        else if (!isSame(old[1], price) || !isSame(old[2], next[2])) changed.push(time);
        // A bar that agrees stays as it was, to the bit.
        if (!old || changed.at(-1) === time) expected.set(time, next);
      }
      const all = columnsOf([...expected.values()].toSorted(([a], [b]) => a - b));
      for (const name of BAR_COLUMNS) expect([...merged.bars[name]]).toEqual([...all[name]]);
      expect(merged).toMatchObject({ changed, added, agreeing: given.length - changed.length - added.length });
      expect(merged.largest === null).toBe(changed.length === 0);
    }),
  );
});

test('the largest difference is told with its bar, and a value that was missing counts as most', () => {
  const known = columnsOf([
    [1, 10, 1],
    [2, 10, 1],
    [3, 10, Number.NaN],
  ]);
  const given = columnsOf([
    [1, 11, 1],
    [2, 15, 1],
  ]);
  expect(mergeBars(known, given, { hasVolume: true }).largest).toEqual({
    time: 2,
    column: 'open',
    known: 10,
    given: 15,
    by: 0.5,
  });
  expect(mergeBars(known, columnsOf([[3, 10, 7]]), { hasVolume: true }).largest).toMatchObject({
    time: 3,
    column: 'volume',
    by: Infinity,
  });
});
