import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findJsonProblem } from './json-syntax.ts';

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('the first problem of a JSON text', () => {
  test('is none exactly where JSON.parse finds none', () => {
    fc.assert(fc.property(fc.json(), (text) => {
      expect(findJsonProblem(text)).toBeNull();
    }));
    const damaged = fc.tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '}', ']', '"', ':', '\\', '0', 'x', '\n', '{'))
      .map(([text, at, sign]) => text.slice(0, at % (text.length + 1)) + sign + text.slice((at % (text.length + 1)) + 1));
    fc.assert(fc.property(damaged, (text) => {
      expect(findJsonProblem(text) === null).toBe(isJson(text));
    }), { numRuns: 2000 });
  });

  test.each([
    ['{"a": 1,\n "b": 2,\n}', { line: 3, column: 1, message: 'Expected a name in double quotes, found `}`.' }],
    ['[1 2]', { line: 1, column: 4, message: 'Expected `,` or `]`, found `2`.' }],
    ["{'a': 1}", { line: 1, column: 2, message: "Expected a name in double quotes or `}`, found `'`." }],
    ['{"a" 1}', { line: 1, column: 6, message: 'Expected `:`, found `1`.' }],
    ['{"a": "x\n"}', { line: 1, column: 7, message: 'Expected a value, found a text without its end, or with a sign that it may not hold.' }],
    ['{"a": [1', { line: 1, column: 9, message: 'Expected `,` or `]`, found the end of the file.' }],
    ['{} {}', { line: 1, column: 4, message: 'Expected the end of the file, found `{`.' }],
    ['', { line: 1, column: 1, message: 'Expected a value, found the end of the file.' }],
  ])('has its place: %j', (text, problem) => {
    expect(findJsonProblem(text)).toEqual(problem);
  });

  test('is found however deep the nesting and however long a text is', () => {
    expect(findJsonProblem('['.repeat(300_000))).toMatchObject({ line: 1, column: 300_001 });
    expect(findJsonProblem(`["${'x\\n'.repeat(1_000_000)}"`)).toMatchObject({ line: 1, column: 3_000_004 });
  });
});
