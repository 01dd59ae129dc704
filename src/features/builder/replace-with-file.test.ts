import { expect, test } from 'vitest';
import { applyEdits } from '#core/formula/change/apply-edits.ts';
import { toJson } from '#core/formula/json/json.ts';
import { contentHash } from '#core/formula/language/hash.ts';
import { parse } from '#core/formula/language/parse.ts';
import { replaceWithFile } from './replace-with-file.ts';

const BEFORE = parse('line = sma(close, 20)\n\nbuy(when: close > line)\n').formula;
const AFTER = parse('line = sma(close, 30)\n\nbuy(when: close > line, stop: 5%)\n').formula;
let count = 0;
const newId = () => `new${(count += 1)}`;

test('a file of code or JSON becomes edits that make the formula say what it says', () => {
  for (const text of ['line = sma(close, 30)\nbuy(when: close > line, stop: 5%)', toJson(AFTER)]) {
    const replacement = replaceWithFile(BEFORE, text, newId);
    if (!replacement.ok) return expect.fail('the file is good');
    expect(contentHash(applyEdits(BEFORE, replacement.edits))).toBe(contentHash(AFTER));
    expect(replacement.edits.map(({ type }) => type)).toEqual(['setArg', 'setArg']);
  }
});

test('the file of the formula itself changes nothing', () => {
  expect(replaceWithFile(BEFORE, toJson(BEFORE), newId)).toEqual({ ok: true, edits: [] });
});

test('a file with an error is refused with its problems', () => {
  expect(replaceWithFile(BEFORE, 'line = smaa(close, 20)', newId)).toMatchObject({
    ok: false,
    problems: [{ text: expect.stringMatching(/^Line 1, /) }],
  });
});
