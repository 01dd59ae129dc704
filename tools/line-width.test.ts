import { Linter } from 'eslint';
import ts from 'typescript-eslint';
import { expect, test } from 'vitest';
import { lineWidth } from './line-width.mjs';

const linter = new Linter();

const isRefused = (code: string): boolean =>
  linter.verify(code, {
    languageOptions: { parser: ts.parser },
    plugins: { house: { rules: { 'line-width': lineWidth } } },
    rules: { 'house/line-width': 'error' },
  }).length > 0;

const SENTENCE = 'word '.repeat(30);

test('a sentence, the name of a test and a list of classes stay whole', () => {
  expect(isRefused(`const message = '${SENTENCE}';`)).toBe(false);
  expect(isRefused(`test('${SENTENCE}', async () => {});`)).toBe(false);
  expect(isRefused('const message = `${count} of ${names.join(", ")}: ' + SENTENCE + '`;')).toBe(false);
  expect(isRefused('const message = `The ${isShort ? "low" : "high"} ' + SENTENCE + '`;')).toBe(false);
});

test('what is computed within a text, statements and code that is too wide are refused', () => {
  expect(isRefused('const message = `${list.map((each) => each.name).join(", ")} ' + SENTENCE + '`;')).toBe(true);
  expect(isRefused('const message = `${one ? `${one} thing` : ""} ' + SENTENCE + '`;')).toBe(true);
  expect(isRefused('const rows = sql`select ' + SENTENCE + ' from things`;')).toBe(true);
  expect(isRefused('const help = `first\n' + SENTENCE + '`;')).toBe(true);
  expect(isRefused(`const sum = ${'number + '.repeat(20)} 1;`)).toBe(true);
});
