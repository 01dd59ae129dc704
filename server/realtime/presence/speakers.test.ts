import fc from 'fast-check';
import { expect, it } from 'vitest';
import { idOf } from '#core/requests/ids.ts';
import { Speakers } from './speakers.ts';

it('remembers the latest clients of the latest documents, and no more than it may [P1]', () => {
  const said = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.nat({ max: 12 }), fc.constantFrom('u', 'v')), {
    maxLength: 100,
  });
  fc.assert(
    fc.property(said, (steps) => {
      const speakers = new Speakers({ perDocument: 4, all: 10 });
      for (const [formulaId, client, userId] of steps) {
        speakers.remember(idOf('formula', formulaId), client, idOf('user', userId));
        expect(speakers.personOf(idOf('formula', formulaId), client)).toBe(userId);
        expect(speakers.size).toBeLessThanOrEqual(10);
      }
      const known = ['a', 'b', 'c', 'd'].flatMap((id) =>
        Array.from({ length: 13 }, (_, client) => speakers.personOf(idOf('formula', id), client)).filter(
          (one) => one !== undefined,
        ),
      );
      expect(known).toHaveLength(speakers.size);
    }),
  );
});

it('forgets nobody of a document because of what is made up in another, until that document is full', () => {
  const speakers = new Speakers({ perDocument: 50, all: 100 });
  speakers.remember(idOf('formula', 'ours'), 1, idOf('user', 'ada'));
  for (let client = 0; client < 10_000; client += 1)
    speakers.remember(idOf('formula', 'theirs'), client, idOf('user', 'mallory'));
  expect([speakers.personOf(idOf('formula', 'ours'), 1), speakers.size]).toEqual(['ada', 51]);
});
