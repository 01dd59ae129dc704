import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyEdits, editsBetween } from '../change/apply-edits.ts';
import { reconcile } from '../change/reconcile.ts';
import { check } from '../check/check.ts';
import { fromJson, toJson } from '../json/json.ts';
import { contentHash } from '../language/hash.ts';
import { parse } from '../language/parse.ts';
import { print } from '../language/print.ts';
import type { Formula } from '../model/formula.ts';
import { arbitraryFormula, SOME_FEEDS } from '../testing/arbitrary-formula.ts';
import { canonical } from '../testing/canonical.ts';
import { expand } from './expand.ts';
import { unpackCall } from './unpack.ts';

const CODE = `mute fast = sma(close, 10)
slow = ema(close, 40)

mute buy(when: crossover(fast, slow))
sell(when: close < fast)
`;

function read(code: string): Formula {
  const { formula, diagnostics } = parse(code);
  expect(diagnostics).toEqual([]);
  return formula;
}

describe('what is muted', () => {
  test('is printed so, and another strategy', () => {
    expect(print(read(CODE))).toBe(CODE);
    expect(contentHash(read(CODE))).not.toBe(contentHash(read(CODE.replaceAll('mute ', ''))));
    expect(print(read('mute = 3\nbuy(when: close > mute)\n'))).toContain('mute = 3');
  });

  test('does nothing if it acts, and gives what enters it else', () => {
    expect(print(expand(read(CODE)).formula)).toBe(
      'fast = close\nslow = ema(close, 40)\ncrossover1 = crossover(fast, slow)\n\nsell(when: close < fast)\n',
    );
    expect(check(read(CODE)).diagnostics.map(({ code }) => code)).not.toContain('unused');
    const told = (code: string) => print(expand(read(code)).formula);
    expect(told('mute up = crossover(close, open)\nbuy(when: up)\n')).toContain('up = false');
    expect(told('mute both = close > open and high > low\nbuy(when: both)\n')).toContain('both = close > open');
    expect(told('mute b = bbands(close, 20)\nbuy(when: close > b.lower)\n')).toContain('buy(when: close > b)');
    expect(told('mute range = atr(14)\nbuy(when: close > 1, stop: close - range)\n')).toContain('range = na');
  });

  test('a call gives what its function would: of its arguments the first one of that kind, what moves before the others', () => {
    const told = (code: string) => print(expand(read(code)).formula);
    const f = 'fn f(a, b) = max(a, b)\n';
    for (const call of ['f(close, high)', 'f(b: high, a: close)'])
      expect(told(`${f}mute z = ${call}\nbuy(when: open > z)\n`)).toContain('z = close');
    expect(told('fn f(n, a) = sma(a, n)\nmute z = f(3, close)\nbuy(when: open > z)\n')).toContain('z = close');
    expect(told('fn f(a) = a * 2\nmute z = f(3)\nbuy(when: open > z)\n')).toContain('z = 3');
    const above = 'fn above(a, b) = a > b\nfn both(a, b) = above(a, open) and b\n';
    expect(told(`${above}mute z = above(close, open)\nbuy(when: z)\n`)).toContain('z = false');
    expect(told(`${above}mute z = both(close, high > low)\nbuy(when: z)\n`)).toContain('z = high > low');
    expect(told('fn g(x) = x\nfn f(a, b) =\n  mute m = g(b)\n  return m\nbuy(when: f(1, high > low))\n')).toContain(
      'value2 = high > low',
    );
  });

  test('what a function gives beside something muted is what it says', () => {
    const code = 'fn f(a) =\n  mute m = sma(a, 5)\n  return x: m, y: a * 2\nz = f(close)\nbuy(when: z.y > z.x)\n';
    expect(print(expand(read(code)).formula)).toContain('buy(when: close * 2 > z)');
  });

  test('a muted call is not unpacked', () => {
    const formula = read('fn f(a) = sma(a, 3)\nmute z = f(close)\nbuy(when: open > z)\n');
    const [id = ''] = Object.entries(formula.nodes).find(([, { block }]) => block === 'call') ?? [];
    expect(unpackCall(formula, id, () => 'fresh')).toEqual([]);
  });

  test('is told, with what unmutes it', () => {
    const formula = read(CODE);
    const told = check(formula).diagnostics.filter(({ code }) => code === 'muted');
    expect(told.map(({ message }) => message)).toEqual([
      '`fast` is muted: it gives what enters it.',
      'This `buy` is muted: it does nothing.',
    ]);
    const edits = told.flatMap(({ fix }) => fix?.edits ?? []);
    expect(print(applyEdits(formula, edits))).toBe(CODE.replaceAll('mute ', ''));
  });

  test('an input or a function is not muted', () => {
    for (const code of ['mute input n = 3', 'mute fn f(a) = a'])
      expect(parse(code).diagnostics).toMatchObject([{ code: 'mute' }]);
  });

  test('typed or taken back in code is one edit', () => {
    const formula = read(CODE);
    const edits = editsBetween(
      formula,
      reconcile(formula, read(CODE.replace('mute buy', 'buy')), () => 'fresh'),
    );
    expect(edits).toMatchObject([{ type: 'setFlag', flag: 'muted', on: false }]);
  });

  test('whatever is muted: the formula is the same through code and JSON, and its problems are of values alone', () => {
    fc.assert(
      fc.property(
        arbitraryFormula({ feeds: SOME_FEEDS, maxStatements: 8 }).chain((formula) =>
          fc.record({ formula: fc.constant(formula), ids: fc.subarray(Object.keys(formula.nodes)) }),
        ),
        ({ formula, ids }) => {
          const muted = applyEdits(
            formula,
            ids
              .filter((id) => formula.nodes[id]?.name !== undefined || formula.nodes[id]?.block === 'buy')
              .filter((id) => !['input', 'value'].includes(formula.nodes[id]?.block ?? ''))
              .map((id) => ({ type: 'setFlag', id, flag: 'muted', on: true })),
          );
          const parsed = parse(print(muted));
          expect(parsed.diagnostics).toEqual([]);
          expect(canonical(parsed.formula)).toEqual(canonical(muted));
          expect(fromJson(JSON.parse(toJson(muted)))).toEqual({ ok: true, value: muted });
          expect(() => check(muted)).not.toThrow();
        },
      ),
      { numRuns: 300 },
    );
  });
});
