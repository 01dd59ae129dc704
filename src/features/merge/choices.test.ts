import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from '#core/formula/language/parse.ts';
import { SCALE } from '#core/formula/testing/scale.ts';
import { merge, type MergeChange } from '#core/merge/merge.ts';
import { choose, chooserOf, openConflicts, takenOf, type Choices } from './choices.ts';

const change = (needs: readonly number[], conflicts: readonly number[] = []): MergeChange => ({
  changes: [],
  sentences: [`needs ${needs.join()}`],
  needs,
  conflicts,
  isShared: false,
});
const NONE: Choices = new Map();

test('what nothing stands against is taken, a conflict only when somebody takes it', () => {
  const chooser = chooserOf([change([]), change([], [0]), change([1])]);
  expect([...takenOf(chooser, NONE)]).toEqual([0]);
  expect(openConflicts(chooser, NONE)).toEqual([1]);
  const taken = choose(chooser, NONE, 1, true);
  expect([...takenOf(chooser, taken)]).toEqual([0, 1, 2]);
  expect(openConflicts(chooser, taken)).toEqual([]);
});

test('a change brings what it needs, and takes along what needs it when it is left', () => {
  const chooser = chooserOf([change([]), change([0]), change([1])]);
  const none = choose(chooser, NONE, 0, false);
  expect([...takenOf(chooser, none)]).toEqual([]);
  expect([...takenOf(chooser, choose(chooser, none, 2, true))]).toEqual([0, 1, 2]);
});

test('whatever is pressed, nothing is taken without what it needs', () => {
  const places = 8;
  const changes = fc
    .array(fc.tuple(fc.uniqueArray(fc.nat(places - 1), { maxLength: 3 }), fc.boolean()), {
      minLength: places,
      maxLength: places,
    })
    .map((all) =>
      all.map(([needs, isConflict], at) =>
        change(
          needs.filter((need) => need < at),
          isConflict ? [0] : [],
        ),
      ),
    );
  fc.assert(
    fc.property(changes, fc.array(fc.tuple(fc.nat(places - 1), fc.boolean()), { maxLength: 12 }), (theirs, presses) => {
      const chooser = chooserOf(theirs);
      let choices = NONE;
      for (const [place, isTaken] of presses) {
        choices = choose(chooser, choices, place, isTaken);
        expect(takenOf(chooser, choices).has(place)).toBe(isTaken);
      }
      const taken = takenOf(chooser, choices);
      for (const place of taken) expect(theirs[place]?.needs.filter((need) => !taken.has(need))).toEqual([]);
    }),
    { numRuns: 300 * SCALE },
  );
});

test('what is taken of real strategies lacks nothing', () => {
  const of = (code: string) => parse(code).formula;
  const base = of('fast = sma(close, 10)\nbuy(when: close > fast)');
  const ours = of('fast = sma(close, 15)\nbuy(when: close > fast)');
  const theirs = of('fast = sma(close, 12)\nslow = sma(close, 50)\nbuy(when: close > slow)');
  const merging = merge(base, ours, theirs);
  const chooser = chooserOf(merging.theirs);
  expect(merging.take(takenOf(chooser, NONE)).missing).toEqual([]);
  expect(openConflicts(chooser, NONE)).toHaveLength(1);
});
