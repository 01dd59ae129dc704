import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyEdits, editsBetween } from '../change/apply-edits.ts';
import { reconcile } from '../change/reconcile.ts';
import { checkText } from '../check/check-text.ts';
import { check } from '../check/check.ts';
import { contentHash } from '../language/hash.ts';
import { parse } from '../language/parse.ts';
import { print } from '../language/print.ts';
import type { Formula } from '../model/formula.ts';
import { expand } from './expand.ts';
import { extractFunction } from './extract.ts';
import { withCalls } from './with-calls.ts';

const CODE = `input n = 10 in 2..50

# Bands around an average
fn bands(source, length = 20, mult = 2) =
    basis = sma(source, length)

    # How far they lie apart
    dev = mult * stddev(source, n)
    return upper: basis + dev, lower: basis - dev

fn mid(a, b = 2) = (a + b) / 2

b = bands(close, n)
low2 = bands(low, mult: 3).lower

buy(when: close > b.lower and mid(close, open) > low2)
sell(when: close > b.upper)
`;

function read(code: string): Formula {
  const { formula, diagnostics } = parse(code);
  expect(diagnostics).toEqual([]);
  return formula;
}

const told = (code: string): string[] =>
  checkText(code).diagnostics.flatMap(({ severity, code: kind, message, span }) =>
    severity === 'error' ? [`${kind} at ${code.slice(span?.start, span?.end)}: ${message}`] : [],
  );

const freshIds = (): (() => string) => {
  let count = 0;
  return () => `fresh${(count += 1)}`;
};

describe('functions in code', () => {
  test('are printed as they were written, check, and are what they are made of', () => {
    expect(print(read(CODE))).toBe(CODE);
    expect(checkText(CODE).diagnostics).toEqual([]);
    expect(checkText(CODE).checked.warmUp).toBe(19);
    expect(print(expand(read('fn f(a, n = 3) = sma(a, n) > a\nbuy(when: f(high))\n')).formula)).toBe(
      'buy(when: sma(high, 3) > high)\n',
    );
  });

  test('may stand in any order, on one line or several, and may call one another', () => {
    const code =
      'buy(when: twice(close) > outer(open))\nfn outer(a) =\n  x = twice(a)\n  return x\nfn twice(a) =\n return 2*a\n';
    expect(told(code)).toEqual([]);
    expect(print(read(code))).toContain('fn twice(a) = 2 * a\n');
  });

  test('their parameters stand on several lines, as arguments do', () => {
    for (const head of ['fn f(a,\n     b = 2) =', 'fn f(\n  a,\n  b = 2, # why\n) ='])
      expect(print(read(`${head} a + b\nbuy(when: f(close) > 1)\n`))).toContain('fn f(a, b = 2) = a + b\n');
    expect(told('fn f(a,\nx = 3\nbuy(when: close > x)')[0]).toContain('bracket at (');
  });

  test('are words of their own only where a function begins', () => {
    expect(print(read('fn = 3\nreturn = fn + 1\nbuy(when: close > return)\n'))).toContain('return = fn + 1');
  });

  test('a formula without functions is expanded into itself', () => {
    const formula = read('x = sma(close, 3)\nbuy(when: close > x)\n');
    expect(expand(formula).formula).toBe(formula);
  });
});

describe('what is wrong with a function', () => {
  test.each([
    ['fn f(a) = f(a)\nx = f(1)', 'recursion at f(a)'],
    ['fn f(a) = g(a)\nfn g(a) = f(a)\nbuy(when: f(close) > 1)', 'recursion at f(a)'],
    ['fn f(a) = sma(a, "x")\nbuy(when: f(close) > 1)', 'type at sma(a, "x"): In `f`'],
    ['fn f(a) = sma(a, "x")', 'type at sma(a, "x"): In `f`'],
    ['fn f(a, n) = sma(a, n)\nbuy(when: close > f(close, 0))', 'range at f(close, 0): In `f`'],
    ['fn f(a, n) = sma(a, n)\nfn g(a) = f(a, 0)\nbuy(when: close > g(close))', 'range at f(a, 0): In `f`'],
    ['fn f(a, n = 0) = sma(a, n)\nbuy(when: close > f(close))', 'range at n = 0: In `f`'],
    ['y = 3\nfn f(a) = a + y\nbuy(when: f(y) > 1)', 'outside-function at y'],
    ['fn f(a) = a + 1\nbuy(when: f() > 1)', 'missing-argument at f(): `f` needs `a`.'],
    ['fn f(a) = a + 1\nbuy(when: f(1, 2) > 1)', 'too-many-arguments at 2'],
    ['fn f(a) = a + 1\nbuy(when: f(1, b: 2) > close)', 'unknown-argument at b: `f` has no argument `b`'],
    ['fn f(a) =\n  b = a\nbuy(when: close > 1)', 'return at f: What `f` gives is missing'],
    ['fn f(a) =\n  buy(when: a > 1)\n  return a\nbuy(when: f(close) > 1)', 'function-statement at buy(when: a > 1)'],
    ['fn sma(a) = a\nbuy(when: sma(close) > 1)', 'reserved at sma'],
    ['fn f(__proto__) = close\nbuy(when: f(1) > 1)', 'reserved at __proto__'],
    ['fn f(a, a) = a\nbuy(when: f(1, 2) > 1)', 'reserved at a'],
    ['fn f(a) = a\nx = f\nbuy(when: f(close) > x)', 'unknown-name at f: `f` is a function'],
    ['fn f(a) = a\nx = f(close).lower\nbuy(when: x > close)', 'unknown-output at'],
    ['fn f(a) = a\nfn f(b) = b\nbuy(when: f(close) > close)', 'duplicate-name at f'],
  ])('%s', (code, expected) => {
    expect(told(code).some((line) => line.startsWith(expected))).toBe(true);
  });

  test.each(['constructor', 'toString', 'valueOf', 'hasOwnProperty'])(
    'the name `%s`, which every object has, is no parameter, but a result and a statement like others',
    (name) => {
      expect(told(`fn f(${name} = 3) = close + ${name}\nbuy(when: f() > 1)`)).toContainEqual(
        expect.stringContaining(`reserved at ${name}`),
      );
      expect(told(`fn f(a) =\n  return ${name}: a + 1, b: a\nbuy(when: f(close).${name} > 1)`)).toEqual([]);
      expect(told(`${name} = sma(close, 3)\nbuy(when: ${name} > open)`)).toEqual([]);
    },
  );

  test('a function that nobody calls is looked at, and told', () => {
    expect(checkText('fn f(a) = a\nbuy(when: close > 1)').diagnostics).toMatchObject([
      { code: 'unused', message: 'Nobody calls `f`.' },
    ]);
  });

  test('what would grow beyond all bounds is refused', () => {
    const code = Array.from({ length: 30 }, (_, at) => `fn f${at + 1}(a) = f${at}(a) + f${at}(a + 1)`).join('\n');
    const started = told(`fn f0(a) = a + 1\n${code}\nbuy(when: f30(close) > 1)`);
    expect(started.some((line) => line.startsWith('too-large'))).toBe(true);
  });
});

describe('code that goes from one function to another', () => {
  const typedOver = (before: string, after: string) => {
    const formula = read(before);
    const edits = editsBetween(formula, reconcile(formula, read(after), freshIds()));
    expect(print(applyEdits(formula, edits))).toBe(print(read(after)));
    return edits;
  };

  test.each([
    ['fn a(x) = x + 1\nbuy(when: a(close) > open)', 'fn b(x) = x * 2\nbuy(when: b(close) > open)'],
    ['d = sma(close, 5)\nbuy(when: close > d)', 'fn a() =\n  d = sma(close, 5)\n  return d\nbuy(when: close > a())'],
    ['fn a() =\n  d = sma(close, 5)\n  return d\nbuy(when: close > a())', 'd = sma(close, 5)\nbuy(when: close > d)'],
    [
      'fn a(x) = x + 1\nfn b(y) = y * 2\nbuy(when: a(close) > b(open))',
      'fn b(x) = x + 1\nfn a(y) = y * 2\nbuy(when: a(close) > b(open))',
    ],
  ])('%s is then %s', (before, after) => {
    typedOver(before, after);
  });

  test('and a function that has another name is the same one', () => {
    const edits = typedOver(CODE, CODE.replaceAll('bands', 'hull'));
    expect(edits).toMatchObject([{ type: 'setName', name: 'hull' }]);
  });
});

describe('a change of code within a function', () => {
  const formula = read(CODE);
  const edited = (from: string, to: string) =>
    editsBetween(formula, reconcile(formula, read(CODE.replace(from, to)), freshIds()));

  test('is a change of that statement alone', () => {
    expect(edited('sma(source, length)', 'ema(source, length)').map(({ type }) => type)).toEqual(['setBlock']);
    expect(edited('mult = 2', 'mult = 3')).toMatchObject([{ type: 'setArg', port: 'default', arg: 3 }]);
    expect(edited('bands(close, n)', 'bands(open, n)').map(({ type }) => type)).not.toContain('removeNode');
    expect(edited('', '')).toEqual([]);
  });

  test('of whatever kind makes the formula say the code', () => {
    for (const [from, to] of [
      ['    dev = mult * stddev(source, n)\n', '    dev = 3\n'],
      ['fn mid(a, b = 2) = (a + b) / 2\n', 'fn mid(a, b = 2) =\n    s = a + b\n    return s / 2\n'],
      ['return upper: basis + dev, lower: basis - dev', 'return lower: basis - dev, upper: basis + dev'],
      ['fn bands(source, length = 20, mult = 2)', 'fn bands(source, mult = 2, length = 20)'],
    ] as const) {
      const code = CODE.replace(from, to);
      const after = applyEdits(formula, edited(from, to));
      expect(print(after)).toBe(print(read(code)));
      expect(contentHash(after)).toBe(contentHash(read(code)));
    }
  });
});

/** Code of functions that share names, parameters and lines with one another, in any mix. */
const BODIES = ['b = a + 1', 'b = sma(a, 3)', 'c = a * 2', 'd = open - close', 'b = a + n'] as const;
const anyFunction = fc.record({
  name: fc.constantFrom('f', 'g', 'h'),
  params: fc.constantFrom('a', 'a, n = 2', 'n = 3, a', 'a, n = 5'),
  lines: fc.uniqueArray(fc.constantFrom(...BODIES), { maxLength: 3, selector: (line) => line[0] }),
  comment: fc.constantFrom('', '# why\n'),
});
const anyCode = fc
  .tuple(fc.uniqueArray(anyFunction, { maxLength: 3, selector: ({ name }) => name }), fc.boolean())
  .map(([functions, isOutside]) => {
    const written = functions.map(({ name, params, lines, comment }) => {
      const fitting = lines.filter((line) => params.includes('n') || !line.includes('n'));
      const value = `${fitting.at(-1)?.[0] ?? 'a'} + 1`;
      const head = `${comment}fn ${name}(${params}) =`;
      return fitting.length === 0
        ? `${head} ${value}`
        : `${head}\n${fitting.map((line) => `    ${line}\n`).join('')}    return ${value}`;
    });
    const calls = functions.map(({ name }, index) => `x${index} = ${name}(a: close)`);
    const outside = isOutside ? ['d = open - close'] : [];
    return `${[...written, ...outside, ...calls].join('\n')}\nbuy(when: close > ${calls.length > 0 ? 'x0' : 'open'})\n`;
  });

test('code that takes the place of other code is what the formula says, whatever functions there were', () => {
  fc.assert(
    fc.property(anyCode, anyCode, (before, after) => {
      const formula = read(before);
      const wanted = read(after);
      const is = applyEdits(formula, editsBetween(formula, reconcile(formula, wanted, freshIds())));
      expect(print(is)).toBe(print(wanted));
      expect(contentHash(is)).toBe(contentHash(wanted));
    }),
    { numRuns: 300 },
  );
});

describe('a graph that code can not say', () => {
  type Change = (node: Formula['nodes'][string]) => Formula['nodes'][string];
  const changed = (code: string, change: Change): Formula => {
    const formula = read(code);
    const nodes = Object.entries(formula.nodes).map(([id, node]) => [id, change(node)] as const);
    return { ...formula, nodes: Object.fromEntries(nodes) };
  };
  const called =
    (before: string, name: string): Change =>
    (node) =>
      node.name === before ? { ...node, name } : node;
  const open =
    (about: object): Change =>
    (node) =>
      node.block === 'open' ? { ...node, ...about } : node;
  const PRICES = 'fn f(a) = a + open\nbuy(when: f(close) > open)\n';

  test.each([
    [
      'two functions of one name',
      changed('fn f(a) = a\nfn g(a) = a + 1\nbuy(when: f(close) > g(open))\n', called('g', 'f')),
    ],
    ['a function and a statement', changed('fn f(a) = a\nt = close + 1\nbuy(when: f(close) > t)\n', called('t', 'f'))],
    [
      'a line and an input',
      changed('input n = 3\nfn f(a) =\n  x = a + n\n  return x * x\nbuy(when: f(close) > n)\n', called('x', 'n')),
    ],
    ['a price with a comment', changed(PRICES, open({ comment: 'why' }))],
    ['a muted price', changed(PRICES, open({ muted: true }))],
  ])('has the errors of its code: %s', (_what, formula) => {
    const errors = check(formula).diagnostics.filter(({ severity }) => severity === 'error');
    expect(errors).not.toEqual([]);
    expect(parse(print(formula)).diagnostics).not.toEqual([]);
  });

  test('what such a price leads to is made a function with the price for a parameter', () => {
    const formula = changed('x = sma(open, 3)\nbuy(when: x > open)\n', open({ comment: 'why' }));
    const [id = ''] = Object.entries(formula.nodes).find(([, { block }]) => block === 'sma') ?? [];
    const made = extractFunction(formula, new Set([id]), { name: 'f', newId: freshIds() });
    expect(made.ok && print(applyEdits(formula, made.value.edits))).toContain('fn f(open1) = sma(open1, 3)');
  });
});

test('a parameter that goes takes its arguments along, one with another name renames them', () => {
  const formula = read('fn f(a, n = 3) = sma(close, n) + a\nx = f(open, 5)\ny = f(n: 4, a: low)\nbuy(when: x > y)\n');
  const id = Object.keys(formula.nodes).find((each) => formula.nodes[each]?.name === 'a') ?? '';
  const renamed = applyEdits(formula, withCalls(formula, [{ type: 'setName', id, name: 'b' }]));
  expect(print(renamed)).toContain('fn f(b, n = 3)');
  expect(print(renamed)).toContain('x = f(open, 5)');
  const gone = applyEdits(formula, withCalls(formula, [{ type: 'removeNode', id }]));
  expect(print(gone)).toContain('x = f(5)');
  expect(print(gone)).not.toContain('a:');
});
