import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mention } from '#core/comment/body.ts';
import { bodyOf, changeText, draftOf, EMPTY_DRAFT, insertMention, type Draft } from './draft.ts';
import { findPeople, queryAt } from './find-people.ts';

const ADA = { userId: '11111111-1111-4111-8111-111111111111', name: 'Ada', email: 'ada@loom.example' };
const BEN = { userId: '22222222-2222-4222-8222-222222222222', name: 'Ben Ng', email: 'bng@loom.example' };
const OTHER_BEN = { userId: '33333333-3333-4333-8333-333333333333', name: 'Ben Ng', email: 'ben@loom.example' };
const nameOf = (id: string): string => [ADA, BEN, OTHER_BEN].find(({ userId }) => userId === id)?.name ?? '?';

const write = (text: string): Draft => changeText(EMPTY_DRAFT, text);

test('a person is chosen in place of what was typed to find them', () => {
  const { draft, caret } = insertMention(write('Look, @be!'), { from: 6, to: 9 }, BEN);
  expect(draft.text).toBe('Look, @Ben Ng !');
  expect(caret).toBe(14);
  expect(bodyOf(draft)).toBe(`Look, ${mention(BEN.userId)} !`);
});

test('two people of one name stay two', () => {
  const first = insertMention(write('@'), { from: 0, to: 1 }, BEN);
  const typed = changeText(first.draft, `${first.draft.text}and @`);
  const { draft } = insertMention(typed, { from: 12, to: 13 }, OTHER_BEN);
  expect(bodyOf(draft)).toBe(`${mention(BEN.userId)} and ${mention(OTHER_BEN.userId)} `);
});

test('a name moves with the text around it, and is one no longer when it is changed', () => {
  const { draft } = insertMention(write('@b'), { from: 0, to: 2 }, BEN);
  const behind = changeText(draft, `${draft.text}there`);
  const moved = changeText(behind, `Hello ${behind.text}`, 6);
  expect(bodyOf(moved)).toBe(`Hello ${mention(BEN.userId)} there`);
  expect(bodyOf(changeText(moved, moved.text.replace('Ben', 'Be')))).toBe('Hello @Be Ng there');
  expect(bodyOf(changeText(moved, 'Hello there'))).toBe('Hello there');
});

test('of two equal names the one before the caret is the one that changes', () => {
  const both = draftOf(`${mention(BEN.userId)} ${mention(OTHER_BEN.userId)} x`, nameOf);
  expect(bodyOf(changeText(both, '@Ben Ng x', 0))).toBe(`${mention(OTHER_BEN.userId)} x`);
  expect(bodyOf(changeText(both, '@Ben Ng x', 7))).toBe(`${mention(BEN.userId)} x`);
});

test('what is typed at the end of a name is behind it', () => {
  const { draft } = insertMention(write('@a'), { from: 0, to: 2 }, ADA);
  expect(bodyOf(changeText(draft, '@Ada, look'))).toBe(`${mention(ADA.userId)}, look`);
});

test('what is stored is written on and stored again without a loss', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom(ADA, BEN, OTHER_BEN).map(({ userId }) => mention(userId)),
  );
  fc.assert(
    fc.property(
      fc.array(piece).map((pieces) => pieces.join('')),
      (body) => {
        expect(bodyOf(draftOf(body, nameOf))).toBe(body);
      },
    ),
  );
});

test('whatever is typed, the names that are left say what they stand for', () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.array(fc.tuple(fc.nat(40), fc.nat(10), fc.string({ maxLength: 6 }))),
      (around, edits) => {
        let draft = draftOf(`${around}${mention(ADA.userId)} ${mention(BEN.userId)}${around}`, nameOf);
        for (const [at, length, insert] of edits)
          draft = changeText(draft, draft.text.slice(0, at) + insert + draft.text.slice(at + length));
        for (const { from, to, userId } of draft.mentions)
          expect(draft.text.slice(from, to)).toBe(`@${nameOf(userId)}`);
      },
    ),
  );
});

test('an @ at the start of a word asks for a person', () => {
  expect(queryAt(write('Look, @be'), 9)).toEqual({ from: 6, to: 9, text: 'be' });
  expect(queryAt(write('(@'), 2)).toEqual({ from: 1, to: 2, text: '' });
  expect(queryAt(write('@Ben N'), 6)).toMatchObject({ text: 'Ben N' });
});

test('an address, a line break and a name that is chosen ask for nobody', () => {
  expect(queryAt(write('ada@example'), 11)).toBeNull();
  expect(queryAt(write('@ ada'), 5)).toBeNull();
  expect(queryAt(write('@\nada'), 5)).toBeNull();
  expect(queryAt(write('no at'), 5)).toBeNull();
  expect(queryAt(write(`@${'x'.repeat(60)}`), 61)).toBeNull();
  const { draft, caret } = insertMention(write('@a'), { from: 0, to: 2 }, ADA);
  expect(queryAt(draft, caret)).toBeNull();
});

test('people are found by any part of their name, and by their address', () => {
  const people = [ADA, BEN, OTHER_BEN];
  expect(findPeople(people, '')).toEqual(people);
  expect(findPeople(people, 'NG')).toEqual([BEN, OTHER_BEN]);
  expect(findPeople(people, 'bng')).toEqual([BEN]);
  expect(findPeople([OTHER_BEN, { ...ADA, name: 'Ad Ben' }], 'ben').map(({ name }) => name)).toEqual([
    'Ben Ng',
    'Ad Ben',
  ]);
  expect(findPeople(people, 'zoe')).toEqual([]);
});
