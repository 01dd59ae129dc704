import { expect, test } from 'vitest';
import { mention } from '#core/comment/body.ts';
import { idOf } from '#core/requests/ids.ts';
import { whomToTell } from './whom-to-tell.ts';

const person = (letter: string) => idOf('user', `${letter.repeat(8)}-1111-4111-8111-111111111111`);
const [ADA, BEN, EVA] = [person('a'), person('b'), person('e')];

test('a first comment concerns those it mentions', () => {
  expect(whomToTell({ by: ADA, mentioned: [BEN], before: [] })).toEqual([{ userId: BEN, kind: 'mention' }]);
});

test('a reply concerns who wrote before and who was mentioned before, each once', () => {
  const before = [
    { authorId: ADA, body: `${mention(EVA)}?` },
    { authorId: BEN, body: 'No.' },
    { authorId: BEN, body: 'Or yes.' },
  ];
  expect(whomToTell({ by: ADA, mentioned: [], before })).toEqual([
    { userId: EVA, kind: 'reply' },
    { userId: BEN, kind: 'reply' },
  ]);
});

test('a mention counts for more than a reply', () => {
  expect(whomToTell({ by: ADA, mentioned: [BEN], before: [{ authorId: BEN, body: 'No.' }] })).toEqual([
    { userId: BEN, kind: 'mention' },
  ]);
});

test('nobody is told of their own comment, nor somebody whose words are all deleted', () => {
  expect(
    whomToTell({
      by: ADA,
      mentioned: [ADA],
      before: [
        { authorId: ADA, body: 'One.' },
        { authorId: BEN, body: '' },
        { authorId: null, body: 'Gone.' },
      ],
    }),
  ).toEqual([]);
});
