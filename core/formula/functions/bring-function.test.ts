import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyEdits } from '../change/apply-edits.ts';
import { check } from '../check/check.ts';
import { parse } from '../language/parse.ts';
import { print } from '../language/print.ts';
import { nodeOf, type Formula, type NodeId } from '../model/formula.ts';
import { arbitraryProgram } from '../testing/arbitrary-program.ts';
import { bringFunction, copyOfFunction, functionHash, originOf, stateOfCopy, type Offered } from './bring-function.ts';

const formulaOf = (code: string): Formula => parse(code).formula;
const idOf = ({ nodes }: Formula, name: string): NodeId =>
  Object.entries(nodes).find(([, node]) => node.name === name)?.[0] ?? '';
const offered = (from: Formula, name: string, strategy = 'Crosses'): Offered => ({
  strategy,
  from,
  fn: idOf(from, name),
});
const known = (into: Formula, one: Offered, strategies = ['Crosses']): NodeId | undefined =>
  copyOfFunction(into, one, strategies);
const brought = (into: Formula, from: Formula, name: string): Formula => {
  const one = offered(from, name);
  return applyEdits(into, bringFunction(into, one, known(into, one)).edits);
};
const errorsOf = (formula: Formula) => check(formula).diagnostics.filter(({ severity }) => severity === 'error');

const FROM = `input n = 10
fn base(a) = sma(a, n)
fn mid(a, b = 2) =
    part = base(a) * b
    return part + close
buy(when: mid(open) > 1)
`;

describe('a function of another strategy', () => {
  test('comes with the functions that it calls and the inputs that it reads, and says where it is from', () => {
    const into = brought(formulaOf('x = close\nbuy(when: x > 1)\n'), formulaOf(FROM), 'mid');
    expect(errorsOf(into)).toEqual([]);
    expect(print(into)).toContain('input n = 10');
    expect(print(into)).toMatch(/# From Crosses: mid, [0-9a-f]{12}\nfn mid\(a, b = 2\) =\n {4}part = base\(a\) \* b/);
    expect(functionHash(into, idOf(into, 'mid'))).toBe(functionHash(formulaOf(FROM), idOf(formulaOf(FROM), 'mid')));
  });

  test('takes what is there: an input of that name, a function that computes the same; other names are free ones', () => {
    const code = 'input n = 30\nfn other(a) = sma(a, n)\nmid = other(close)\nbuy(when: mid > 1)\n';
    const into = brought(formulaOf(code), formulaOf(FROM), 'mid');
    expect(errorsOf(into)).toEqual([]);
    expect(print(into)).not.toContain('fn base');
    expect(print(into)).toContain('input n = 30');
    expect(print(into)).toMatch(/fn mid\w+\(a, b = 2\)/);
  });

  test('that has changed since is brought up to date: its calls stay, and so does its name', () => {
    const old = brought(formulaOf('buy(when: close > 1)\n'), formulaOf(FROM), 'mid');
    const called = parse(print(old).replace('close > 1', 'mid(open) > 1')).formula;
    const newer = formulaOf(FROM.replace('* b', '/ b'));
    const fn = known(called, offered(newer, 'mid')) ?? '';
    expect(originOf(nodeOf(called, fn) ?? { block: '', args: {} })?.hash).not.toBe(
      functionHash(newer, idOf(newer, 'mid')),
    );
    const after = brought(called, newer, 'mid');
    expect(errorsOf(after)).toEqual([]);
    expect(print(after)).toContain('part = base(a) / b');
    expect(print(after)).toContain('mid(open) > 1');
    expect(print(after).match(/fn /g)).toHaveLength(2);
    const again = originOf(nodeOf(after, known(after, offered(newer, 'mid')) ?? '') ?? { block: '', args: {} });
    expect(again?.hash).toBe(functionHash(newer, idOf(newer, 'mid')));
  });

  test('is known again after its strategy, or it itself, has got another name', () => {
    const from = formulaOf(FROM);
    const into = brought(formulaOf('buy(when: close > 1)\n'), from, 'mid');
    const copy = idOf(into, 'mid');
    const renamed = formulaOf(FROM.replaceAll('mid', 'middle'));
    const newer = formulaOf(FROM.replace('* b', '/ b'));
    expect(known(into, offered(from, 'mid', 'Library'))).toBe(copy);
    expect(known(into, offered(renamed, 'middle'))).toBe(copy);
    expect(known(into, offered(newer, 'mid', 'Library'), ['Library'])).toBe(copy);
    // Of two strategies with a function of that name, the other one's is another function.
    expect(known(into, offered(newer, 'mid', 'Library'), ['Library', 'Crosses'])).toBeUndefined();
    // What came along as a part of it need not come a second time.
    expect(known(into, offered(from, 'base'))).toBe(idOf(into, 'base'));
  });

  test('that somebody has changed here is said to be changed, before a newer one takes its place', () => {
    const from = formulaOf(FROM);
    const into = brought(formulaOf('buy(when: close > 1)\n'), from, 'mid');
    const edited = parse(print(into).replace('part + close', 'part + open')).formula;
    expect(stateOfCopy(into, idOf(into, 'mid'), offered(from, 'mid'))).toEqual({ isOld: false, isEdited: false });
    expect(stateOfCopy(edited, idOf(edited, 'mid'), offered(from, 'mid'))).toEqual({ isOld: false, isEdited: true });
    const newer = formulaOf(FROM.replace('* b', '/ b'));
    expect(stateOfCopy(into, idOf(into, 'mid'), offered(newer, 'mid'))).toEqual({ isOld: true, isEdited: false });
  });

  test('that two people bring at once, or bring up to date, is there once', () => {
    const from = formulaOf(FROM);
    const newer = formulaOf(FROM.replace('* b', '/ b'));
    const empty = formulaOf('buy(when: close > 1)\n');
    const copied = brought(empty, from, 'mid');
    for (const [into, one] of [
      [empty, offered(from, 'mid')],
      [copied, offered(newer, 'mid')],
    ] as const) {
      const first = bringFunction(into, one, known(into, one));
      const second = bringFunction(into, one, known(into, one));
      expect(second).toEqual(first);
      const ids = first.edits.flatMap((edit) => (edit.type === 'addNode' ? [edit.id] : []));
      expect(ids.some((id) => nodeOf(into, id))).toBe(false);
    }
  });

  test('of any program into any other: nothing is wrong that was right, and it computes the same', () => {
    fc.assert(
      fc.property(arbitraryProgram, arbitraryProgram, (a, b) => {
        const [from, into] = [formulaOf(a.code), formulaOf(b.code)];
        for (const [id, { block }] of Object.entries(from.nodes)) {
          if (block !== 'fn') continue;
          const { fn, edits } = bringFunction(into, { strategy: 'S', from, fn: id });
          const after = applyEdits(into, edits);
          const again = parse(print(after));
          expect(again.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
          expect(functionHash(after, fn)).toBe(functionHash(from, id));
          expect(errorsOf(after).length).toBeLessThanOrEqual(errorsOf(into).length);
        }
      }),
      { numRuns: 40 },
    );
  });
});
