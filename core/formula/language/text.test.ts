import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromJsonText, toJson } from '../json/json.ts';
import type { Formula, FormulaNode } from '../model/formula.ts';
import { parse } from './parse.ts';
import { print } from './print.ts';

const actionOf = ({ nodes }: Formula): FormulaNode | undefined =>
  Object.values(nodes).find(({ block }) => block === 'info');
const noteOf = (code: string): unknown => actionOf(parse(code).formula)?.args['note'];
const info = (written: string, quotes: readonly [string, string] = ['"', '"']): string =>
  `info(when: close > open, note: ${quotes[0]}${written}${quotes[1]})`;

describe('backslashes in text', () => {
  test.each([
    ['C:\\temp', 'C:\\temp'],
    ['50\\% \\d+', '50\\% \\d+'],
    ['C:\\\\new', 'C:\\new'],
    ['one\\ntwo', 'one\ntwo'],
    ['a \\"word\\"', 'a "word"'],
    ['\\\\\\\\server\\share', '\\\\server\\share'],
  ])('%s is %j', (written, text) => {
    expect(noteOf(info(written))).toBe(text);
  });

  test('text in other quotes escapes those, and the fix keeps what is said', () => {
    expect(noteOf(info("it\\'s C:\\temp", ["'", "'"]))).toBe("it's C:\\temp");
    const { diagnostics } = parse(info("it\\'s C:\\temp", ["'", "'"]));
    expect(diagnostics[0]?.fix?.change?.insert).toBe('"it\'s C:\\\\temp"');
  });

  test('a path with a backslash before an n is told, with a fix that keeps all of its backslashes', () => {
    for (const [written, meant] of [
      ['C:\\temp\\new', 'C:\\temp\\new'],
      ['\\d+\\n', '\\d+\\n'],
      ['a \\"word\\" in C:\\\\temp\\new\\x', 'a "word" in C:\\temp\\new\\x'],
    ] as const) {
      const code = info(written);
      const [told] = parse(code).diagnostics;
      expect(told?.message).toContain('is a new line');
      const { start = 0, end = 0, insert = '' } = told?.fix?.change ?? {};
      const fixed = code.slice(0, start) + insert + code.slice(end);
      expect(parse(fixed).diagnostics).toEqual([]);
      expect(noteOf(fixed)).toBe(meant);
    }
    // A new line alone, or beside backslashes that are written twice, is meant.
    for (const written of ['one\\ntwo', 'C:\\\\temp\\nD:\\\\temp', 'C:\\new'])
      expect(parse(info(written)).diagnostics).toEqual([]);
  });

  test('no character of a text goes without a word: through code, formatting and JSON', () => {
    // No backslash before what makes an escape of it, nor at the end.
    const written = fc
      .string({ unit: fc.constantFrom('\\', 'n', 't', 'x', ' ', '%', "'", 'ä', '0', ':') })
      .filter((text) => !/\\[\\n]|\\$/.test(text));
    const anything = fc.string({ unit: fc.constantFrom('\\', 'n', '"', '\n', 't', "'", 'é', ' ') });
    fc.assert(
      fc.property(written, anything, (plain, text) => {
        expect(noteOf(info(plain))).toBe(plain);
        const { formula, diagnostics } = parse(info(plain));
        expect(diagnostics).toEqual([]);
        const nodes = Object.fromEntries(
          Object.entries(formula.nodes).map(([id, node]) => [
            id,
            node.block === 'info' ? { ...node, args: { ...node.args, note: text } } : node,
          ]),
        );
        const changed = { ...formula, nodes };
        // An empty note is none.
        const kept = text === '' ? undefined : text;
        expect(noteOf(print(changed)) || undefined).toBe(kept);
        expect(actionOf(fromJsonText(toJson(changed)).formula)?.args['note'] || undefined).toBe(kept);
      }),
      { numRuns: 500 },
    );
  });
});
