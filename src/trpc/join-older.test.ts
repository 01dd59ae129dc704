import fc from 'fast-check';
import { expect, it } from 'vitest';
import { joinOlder, newestFirst } from './join-older.ts';

interface Row {
  readonly id: string;
  readonly at: number;
}
const compare = newestFirst<Row>(({ at }) => at);
const PAGE = 5;

it('a list in pages has each row once and in order, without a gap, whatever is added or removed in front meanwhile', () => {
  const times = fc.array(fc.nat({ max: 8 }), { maxLength: 25 });
  fc.assert(
    fc.property(
      times,
      fc.array(fc.nat({ max: 12 }), { maxLength: 8 }),
      fc.nat({ max: 3 }),
      (before, added, removed) => {
        let next = 0;
        const make = (at: number): Row => ({ id: String((next += 1)).padStart(4, '0'), at });
        let stored = before.map(make).toSorted(compare);
        const page = (rows: readonly Row[], behind?: Row) =>
          rows.filter((row) => !behind || compare(row, behind) > 0).slice(0, PAGE);
        let first = page(stored);
        const last = first.at(-1);
        let older = last ? joinOlder(first, page(stored, last), compare) : [];
        const seen = new Set([...first, ...older].map(({ id }) => id));
        for (const at of added) {
          // What comes is newer than what is there, or as new; what goes is in the first page.
          stored = [...stored, make(10 + at)].toSorted(compare);
          stored = stored.toSpliced(removed, at % 2);
          const now = page(stored);
          older = joinOlder(now, [...first, ...older], compare);
          first = now;
        }
        const shown = [...first, ...older];
        expect(shown).toEqual(shown.toSorted(compare));
        expect(new Set(shown.map(({ id }) => id)).size).toBe(shown.length);
        const missing = stored.filter((row) => seen.has(row.id) && !shown.includes(row));
        expect(missing).toEqual([]);
      },
    ),
  );
});
