import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  excerptOf,
  LONGEST_BODY,
  LONGEST_SENT,
  mention,
  mentionsIn,
  MOST_MENTIONS,
  partsOf,
  tidyBody,
  whyNotBody,
} from './body.ts';

const ADA = '11111111-1111-4111-8111-111111111111';
const BEN = '22222222-2222-4222-8222-222222222222';
const nameOf = (id: string): string => (id === ADA ? 'Ada' : 'Ben Ng');

test('people stand between the text, each of them told once', () => {
  const body = `Why 14, ${mention(ADA)}? ${mention(BEN)}${mention(ADA)}`;
  expect(partsOf(body)).toEqual([
    { kind: 'text', text: 'Why 14, ' },
    { kind: 'mention', userId: ADA },
    { kind: 'text', text: '? ' },
    { kind: 'mention', userId: BEN },
    { kind: 'mention', userId: ADA },
  ]);
  expect(mentionsIn(body)).toEqual([ADA, BEN]);
});

test('what only looks like a mention is text', () => {
  for (const text of ['<@ada>', '@Ada', `<@${ADA}`, `<@${ADA.toUpperCase().replaceAll('1', 'A')}>`, 'a < b <@>'])
    expect(mentionsIn(text)).toEqual([]);
});

test('nothing of a body is lost in its parts', () => {
  fc.assert(
    fc.property(
      fc
        .array(fc.oneof(fc.string(), fc.constant(mention(ADA)), fc.constant(mention(BEN))))
        .map((pieces) => pieces.join('')),
      (body) => {
        expect(
          partsOf(body)
            .map((part) => (part.kind === 'text' ? part.text : mention(part.userId)))
            .join(''),
        ).toBe(body);
      },
    ),
  );
});

test('a body keeps its lines and loses what can not be seen', () => {
  expect(tidyBody('  one\r\n\ttwo\u0000\u0007\r\rthree\n\n\n\n\nfour \n')).toBe('one\n\ttwo\n\nthree\n\nfour');
  expect(tidyBody(' \n\t ')).toBe('');
});

test('an empty or too long body is told what is wrong with it', () => {
  expect(whyNotBody('')).toMatch(/Write something/);
  expect(whyNotBody('x'.repeat(LONGEST_BODY))).toBeNull();
  expect(whyNotBody('x'.repeat(LONGEST_BODY + 1))).toMatch(/at most 4,000 characters; this one has 4,001/);
});

test('the longest that may be sent has room for all that may be said', () => {
  const people = Array.from({ length: MOST_MENTIONS + 1 }, (_, index) =>
    mention(`${String(index).padStart(8, '0')}-1111-4111-8111-111111111111`),
  );
  const full = people.slice(1).join('') + 'x'.repeat(LONGEST_BODY - MOST_MENTIONS);
  expect(whyNotBody(full)).toBeNull();
  expect(full.length).toBeLessThanOrEqual(LONGEST_SENT);
  expect(whyNotBody(people.join(''))).toMatch(/at most 20 people/);
});

test('an excerpt is one line with names, cut between words', () => {
  expect(excerptOf(`${mention(BEN)}\n look  here`, nameOf)).toBe('@Ben Ng look here');
  expect(excerptOf('one two three four', nameOf, 12)).toBe('one two…');
  expect(excerptOf('x'.repeat(30), nameOf, 12)).toBe(`${'x'.repeat(12)}…`);
});

test.each(['\u200b', '\u200b\u2060\ufeff', '\u202e', '\u200d', '\u2800'])('a comment of %j has no words', (text) => {
  expect(whyNotBody(tidyBody(text))).toBe('Write something first.');
});

test('nothing turns the direction of what stands behind a comment', () => {
  expect(tidyBody('Look: \u202egnp.exe')).toBe('Look: gnp.exe');
});

test('what writing systems and emoji need stays', () => {
  for (const text of [
    'می\u200cخواهم',
    '👩\u200d💻',
    '❤\ufe0f',
    '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}',
    'a\n\tb',
  ])
    expect(tidyBody(text)).toBe(text);
});
