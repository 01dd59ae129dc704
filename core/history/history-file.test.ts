import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from '#core/formula/language/parse.ts';
import { arbitraryFormula } from '#core/formula/testing/arbitrary-formula.ts';
import { SCALE } from '#core/formula/testing/scale.ts';
import {
  HISTORY_FORMAT,
  LONGEST_HISTORY,
  readHistory,
  writeHistory,
  type History,
  type WrittenVersion,
} from './history-file.ts';
import { isHistoryText } from './is-history-text.ts';

const formula = (code: string) => parse(code).formula;
const version = (number: number, code: string): WrittenVersion => ({
  number,
  name: number === 1 ? 'First' : '',
  message: `Version ${number}`,
  author: 'Ada',
  at: Date.UTC(2024, 0, number),
  tags: ['checked'],
  formula: formula(code),
});
const HISTORY: History = {
  name: 'Trend',
  tags: ['momentum'],
  origin: { name: 'Golden cross', version: 3, contentHash: 'ab' },
  versions: [
    version(1, 'buy(when: close > 1)'),
    version(2, 'buy(when: close > 2)'),
    version(3, 'buy(when: close > 1)'),
  ],
  draft: formula('buy(when: close > 3)'),
  omitted: 0,
};
const text = writeHistory(HISTORY) ?? '';

const word = fc
  .string({ minLength: 1, maxLength: 20, unit: 'grapheme' })
  .map((one) => `a${one.replaceAll('\0', '')}`.trim().slice(0, 100));
const sentence = fc.string({ maxLength: 80, unit: 'grapheme' }).map((one) => one.replaceAll('\0', ''));
const arbitraryHistory: fc.Arbitrary<History> = fc
  .record({
    name: word,
    tags: fc.uniqueArray(word, { maxLength: 3 }),
    origin: fc.option(fc.record({ name: sentence, version: fc.nat(100), contentHash: fc.constant('abc') })),
    versions: fc.array(
      fc.record({
        name: sentence,
        message: sentence,
        author: sentence,
        at: fc.integer({ min: Date.UTC(1970, 0, 1), max: Date.UTC(2100, 0, 1) }),
        tags: fc.uniqueArray(word, { maxLength: 3 }),
        formula: arbitraryFormula(),
      }),
      { maxLength: 6 },
    ),
    draft: arbitraryFormula(),
    omitted: fc.nat(5),
  })
  .map((history) => ({
    ...history,
    versions: history.versions.map((one, place) => ({ ...one, number: place * 2 + 1 })),
  }));

describe('a file of a history', () => {
  test('says its format, all that was said of each version, and equal strategies once', () => {
    expect(isHistoryText(text)).toBe(true);
    expect(isHistoryText('{"nodes":{}}')).toBe(false);
    expect(readHistory(text)).toEqual({ ok: true, value: HISTORY });
    // As an editor writes it.
    expect(readHistory(`\uFEFF${text}`)).toEqual({ ok: true, value: HISTORY });
    expect((JSON.parse(text) as { formulas: unknown[] }).formulas).toHaveLength(3);
  });

  test('read gives what was written, whatever that is', () => {
    fc.assert(
      fc.property(arbitraryHistory, (history) => {
        const read = readHistory(writeHistory(history) ?? '');
        expect(read).toEqual({ ok: true, value: history });
        const written = read.ok ? (writeHistory(read.value) ?? '') : '';
        const again = readHistory(written);
        expect(again.ok && writeHistory(again.value)).toBe(written);
      }),
      { numRuns: 30 * SCALE },
    );
  });

  test('that is too long leaves out the oldest versions, and says how many', () => {
    const long = formula('buy(when: close > 1)');
    const versions = Array.from({ length: 80 }, (_, place) => ({
      ...version(place + 1, ''),
      formula: { ...long, epilogue: `${place} ${'x'.repeat(60_000)}` },
    }));
    const written = writeHistory({ ...HISTORY, versions }) ?? '';
    expect(written.length).toBeLessThanOrEqual(LONGEST_HISTORY);
    const read = readHistory(written);
    if (!read.ok) throw new Error(read.error);
    expect(read.value.versions.length + read.value.omitted).toBe(80);
    expect(read.value.omitted).toBeGreaterThan(0);
    expect(read.value.versions.at(-1)?.number).toBe(80);
  });
});

describe('what is no history', () => {
  test.each([
    ['no JSON', '{', /no JSON/],
    ['a list', '[]', /no history/],
    ['another format', '{"format":"alphaloom/formula@1"}', /no history/],
    ['a newer format', '{"format":"alphaloom/history@2"}', /newer format/],
    ['a version whose strategy was changed', text.replace('"value":2', '"value":7').replace(/:2\}/, ':7}'), /./],
    [
      'a hash that is another',
      text.replace(/"contentHash":"[0-9a-f]{64}"/, `"contentHash":"${'0'.repeat(64)}"`),
      /hash/,
    ],
    ['a time that is none', text.replace('2024-01-01T00:00:00.000Z', 'yesterday'), /no time/],
    ['versions in disorder', text.replace('"number":2', '"number":1'), /order/],
    ['a strategy that is not there', text.replace('"draft":0', '"draft":99'), /not in the file/],
    ['a half of a character', text.replace('Version 1', String.raw`\ud800`), /characters/],
    ['too much', `${text}${' '.repeat(LONGEST_HISTORY)}`, /longer/],
    ['a deep nest', `{"format":"${HISTORY_FORMAT}","name":${'['.repeat(200_000)}${']'.repeat(200_000)}}`, /./],
  ])('is refused in a sentence: %s', (_what, wrong, said) => {
    const read = readHistory(wrong);
    expect(read.ok ? 'taken' : read.error).toMatch(said);
    expect(read.ok).toBe(false);
  });

  test('never throws: anything, and a history with anything in any place', () => {
    const places: string[] = text.match(/"[a-zA-Z]+":/g) ?? [];
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc
            .json()
            .map(
              (json) =>
                `{"format":"${HISTORY_FORMAT}","name":${json},"versions":[${json}],"formulas":[${json}],"draft":0,"tags":[]}`,
            ),
          fc
            .tuple(fc.constantFrom(...places), fc.json())
            .map(([key, json]) => text.replace(key, `${key}${json},"was${key.slice(1)}`)),
          fc.tuple(fc.nat(text.length), fc.nat(40)).map(([at, length]) => text.slice(0, at) + text.slice(at + length)),
        ),
        (rubbish) => {
          const read = readHistory(rubbish);
          if (!read.ok) expect(read.error).toMatch(/\S/);
        },
      ),
      { numRuns: 300 * SCALE },
    );
  });
});
