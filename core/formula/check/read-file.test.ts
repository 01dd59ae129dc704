import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toJson } from '../json/json.ts';
import { contentHash } from '../language/hash.ts';
import { parse } from '../language/parse.ts';
import { print } from '../language/print.ts';
import { arbitraryFormula } from '../testing/arbitrary-formula.ts';
import { isReadable, LARGEST_FILE, readFile } from './read-file.ts';

const CODE = 'line = sma(close, 20)\n\nbuy(when: close > line)\n';
const texts = (text: string) => readFile(text).problems.map((problem) => problem.text);

describe('a file of a formula', () => {
  test('gives back what was exported, as code and as JSON', () => {
    fc.assert(
      fc.property(arbitraryFormula(), (formula) => {
        for (const text of [print(formula), toJson(formula)].filter((written) => written.trim() !== '')) {
          const read = readFile(text);
          expect(isReadable(read)).toBe(true);
          expect(contentHash(read.formula)).toBe(contentHash(formula));
        }
      }),
      { numRuns: 200 },
    );
  });

  test('never throws, whatever it holds', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.json().map((json) => `{"format":"alphaloom/formula@1","nodes":${json}}`),
        ),
        (text) => {
          readFile(text);
        },
      ),
    );
  });

  test('may begin with a byte order mark and end its lines as Windows does', () => {
    expect(texts(`\uFEFF${CODE.replaceAll('\n', '\r\n')}`)).toEqual([]);
    expect(texts(`\uFEFF${toJson(parse(CODE).formula)}`)).toEqual([]);
  });

  test('of code says every problem with its line', () => {
    expect(texts('a = smaa(close, 20)\nb = = 3\nbuy(when: a > 1)\n')).toEqual([
      expect.stringMatching(/^Line 1, column 5: .*Did you mean `sma`/),
      expect.stringMatching(/^Line 2, column 5: /),
    ]);
    expect(texts('a = rsi(close, 1)\nbuy(when: a)\n')).toEqual([
      expect.stringMatching(/^Line 1, /),
      expect.stringMatching(/^Line 2, /),
    ]);
    expect(
      texts('a = = 3\nb = rsi(close, 1)\nbuy(when: b > a)\n'),
      'what can not be read, and elsewhere what makes no sense, but not that `a` is missing',
    ).toEqual([expect.stringMatching(/^Line 1, column 5: /), expect.stringMatching(/^Line 2, column 1: .*timePeriod/)]);
  });

  test('of JSON says every problem with its path, and the line where it is no JSON', () => {
    expect(texts('{\n  "format": "alphaloom/formula@1",\n  "nodes": {},\n}')).toEqual([
      expect.stringMatching(/^Line [34], column \d+: This is no JSON/),
    ]);
    expect(texts('{"format":"alphaloom/formula@9","nodes":{}}')).toEqual([
      expect.stringContaining('alphaloom/formula@9'),
    ]);
    expect(
      texts(
        JSON.stringify({
          format: 'alphaloom/formula@1',
          nodes: { n1: { block: 'smaa' }, n2: { block: 'sma', args: { source: { from: 'gone' } } } },
        }),
      ),
    ).toEqual([
      expect.stringMatching(/^Line 1, column \d+: nodes\.n1\.block: /),
      expect.stringMatching(/^Line 1, column \d+: nodes\.n2\.args\.source: /),
    ]);
    expect(
      texts(
        JSON.stringify({
          format: 'alphaloom/formula@1',
          nodes: {
            n1: { block: 'close' },
            n2: { block: 'rsi', name: 'a', args: { source: { from: 'n1' }, timePeriod: 1 } },
          },
        }),
      ),
    ).toContainEqual(expect.stringMatching(/: nodes\.n2\.args\.timePeriod: /));
  });

  test('with no more than warnings is good', () => {
    const file = readFile('unused = sma(close, 20)\nbuy(when: close > 1)\n');
    expect(file.problems.map(({ severity }) => severity)).toEqual(['warning']);
    expect(isReadable(file)).toBe(true);
  });

  test('is refused when it is empty, no text, or too long', () => {
    for (const text of ['', ' \n\uFEFF', 'a = 1\0', `# ${'x'.repeat(LARGEST_FILE)}`]) {
      expect(isReadable(readFile(text))).toBe(false);
      expect(readFile(text).problems).toHaveLength(1);
    }
  });
});
