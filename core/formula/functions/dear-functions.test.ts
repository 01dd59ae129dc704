import { describe, expect, test } from 'vitest';
import { checkText } from '../check/check-text.ts';
import { check } from '../check/check.ts';
import { fromJsonText } from '../json/json.ts';
import { parse } from '../language/parse.ts';
import { FORMULA_FORMAT, type Formula, type FormulaNode } from '../model/formula.ts';
import { expand } from './expand.ts';

const formulaOf = (nodes: Readonly<Record<string, FormulaNode>>): Formula => ({ format: FORMULA_FORMAT, nodes });
const many = (length: number, text: (index: number) => string): string[] =>
  Array.from({ length }, (_, index) => text(index));

describe('functions that nobody calls', () => {
  test('and that call one another often have as many ways through them as nobody could go', () => {
    const functions = many(
      9,
      (at) => `fn f${at}(p) = ${many(40, () => (at === 8 ? 'sma(p, 3)' : `f${at + 1}(p)`)).join(' + ')}`,
    );
    const { diagnostics } = check(parse(`${functions.join('\n')}\nbuy(when: close > open)\n`).formula);
    expect(diagnostics.map(({ code }) => code)).toContain('too-large');
  });

  test('are looked at with such arguments as they pass on', () => {
    const code = 'fn outer(days) = inner(days, close)\nfn inner(n, x) = sma(x, n)\nbuy(when: close > open)\n';
    expect(checkText(code).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

test('a long way through calls is gone once, however many wires begin at its end', () => {
  const LENGTH = 1200;
  const nodes: Record<string, FormulaNode> = {
    price: { block: 'close', args: {} },
    same: { block: 'fn', name: 'same', args: {} },
    p: { block: 'param', name: 'p', args: { in: { from: 'same' } } },
    r: { block: 'result', args: { in: { from: 'same' }, x: { from: 'p' } } },
  };
  for (let at = 0; at < LENGTH; at += 1)
    nodes[`x${at}`] = {
      block: 'call',
      args: { fn: { from: 'same' }, p: { from: at === 0 ? 'price' : `x${at - 1}` } },
    };
  let looks = 0;
  const wires = Object.fromEntries(
    many(20_000, (at) => `a${at}`).map((port) => [port, { from: `x${LENGTH - 1}` }] as const),
  );
  nodes['end'] = { block: 'sma', args: wires };
  const watched = new Proxy(formulaOf(nodes), { get: (formula, key) => ((looks += 1), Reflect.get(formula, key)) });
  const { formula } = expand(watched);
  expect(new Set(Object.values(formula.nodes['end']?.args ?? {}).map((arg) => JSON.stringify(arg))).size).toBe(1);
  expect(looks).toBeLessThan(1_000_000);
});

describe('names that every object has', () => {
  test.each(['constructor', 'toString', 'valueOf', 'hasOwnProperty', '__proto__'])(
    'such as %s are none of a parameter, in code, in JSON, and where somebody has made a formula of them',
    (name) => {
      const code = `fn f(${name}) = ${name} * 2\nx = f()\nbuy(when: close > x)\n`;
      expect(checkText(code).diagnostics.map(({ code: kind }) => kind)).toContain('reserved');
      const formula = formulaOf({
        f: { block: 'fn', name: 'f', args: {} },
        p: { block: 'param', name, args: { in: { from: 'f' } } },
        twice: { block: 'mul', args: { in: { from: 'f' }, a: { from: 'p' }, b: 2 } },
        r: { block: 'result', args: { in: { from: 'f' }, x: { from: 'twice' } } },
        x: { block: 'call', name: 'x', args: { fn: { from: 'f' } } },
      });
      const said = check(formula).diagnostics.map(({ code: kind }) => kind);
      expect(said).toEqual(expect.arrayContaining(['reserved', 'missing-argument']));
      expect(fromJsonText(JSON.stringify(formula)).diagnostics[0]?.message).toContain('no name of a parameter');
    },
  );
});

test.each(['fn', 'param', 'result', 'sma'])('a name of a %s that is a program is a problem', (block) => {
  const name = 'x = 1 # ';
  const formula = formulaOf({
    price: { block: 'close', args: {} },
    f: { block: 'fn', name: block === 'fn' ? name : 'f', args: {} },
    p: { block: 'param', name: block === 'param' ? name : 'p', args: { in: { from: 'f' } } },
    mean: {
      block: 'sma',
      ...(block === 'sma' ? { name } : {}),
      args: { in: { from: 'f' }, source: { from: 'p' }, timePeriod: 3 },
    },
    r: {
      block: 'result',
      ...(block === 'result' ? { name } : {}),
      args: { in: { from: 'f' }, x: { from: 'mean' } },
    },
    y: { block: 'call', args: { fn: { from: 'f' }, [block === 'param' ? name : 'p']: { from: 'price' } } },
    above: { block: 'gt', args: { a: { from: 'price' }, b: { from: 'y' } } },
    buy: { block: 'buy', args: { when: { from: 'above' } } },
  });
  expect(check(formula).ok).toBe(false);
});

test('a formula of more nodes than there may be is a problem', () => {
  const nodes = Object.fromEntries(many(5001, (at) => `n${at}`).map((id) => [id, { block: 'close', args: {} }]));
  expect(check(formulaOf(nodes)).ok).toBe(false);
});
