import fc from 'fast-check';
import { expect, test } from 'vitest';
import { colorsOf, PERSON_COLORS, personColor } from './person-color.ts';

const people = fc.uniqueArray(fc.uuid(), { maxLength: 12 });

test('people in one place differ as long as there are enough colours', () => {
  fc.assert(
    fc.property(people, (ids) => {
      expect(new Set(colorsOf(ids).values()).size).toBe(Math.min(ids.length, PERSON_COLORS));
    }),
  );
});

test('everybody sees the same colours, whoever they saw first', () => {
  fc.assert(
    fc.property(
      people.chain((ids) => fc.tuple(fc.constant(ids), fc.shuffledSubarray(ids, { minLength: ids.length }))),
      ([ids, shuffled]) => {
        expect(new Map([...colorsOf(shuffled)].toSorted())).toEqual(
          new Map([...colorsOf([...ids, ...ids])].toSorted()),
        );
      },
    ),
  );
});

test('somebody alone has their own colour, and so has everybody who shares it with nobody', () => {
  fc.assert(
    fc.property(people, (ids) => {
      const colors = colorsOf(ids);
      for (const id of ids) {
        if (ids.filter((other) => personColor(other) === personColor(id)).length === 1)
          expect(colors.get(id)).toBe(personColor(id));
      }
    }),
  );
});

test('as people come and go, few others change their colour', () => {
  let changes = 0;
  let steps = 0;
  fc.assert(
    fc.property(fc.uniqueArray(fc.uuid(), { minLength: 2, maxLength: PERSON_COLORS }), ([newcomer = '', ...ids]) => {
      const [before, after] = [colorsOf(ids), colorsOf([...ids, newcomer])];
      changes += ids.filter((id) => before.get(id) !== after.get(id)).length;
      steps += 1;
    }),
    { seed: 1, numRuns: 2_000 },
  );
  // On the average of all sizes, fewer than one person.
  expect(changes / steps).toBeLessThan(0.7);
});
