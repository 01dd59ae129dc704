import { describe, expect, test } from 'vitest';
import { BLOCKS, mustMove } from '../blocks/catalogue.ts';
import { applyEdits } from '../change/apply-edits.ts';
import { isSeriesPort } from '../facts/constants.ts';
import { parse } from '../language/parse.ts';
import { print } from '../language/print.ts';
import type { Arg, Formula, FormulaNode } from '../model/formula.ts';
import { EMPTY_FORMULA } from '../model/formula.ts';
import { checkText } from './check-text.ts';
import { check } from './check.ts';

/** The code behind the first repair of what is the same at every bar. */
function repaired(code: string): string {
  const { formula } = parse(code);
  const problem = check(formula).diagnostics.find(({ code: kind }) => kind === 'constant-series');
  return print(applyEdits(formula, problem?.fix?.edits ?? [])).trim();
}

const errors = (formula: Formula) => check(formula).diagnostics.filter(({ severity }) => severity === 'error');

describe('an indicator of a constant', () => {
  test.each([
    ['rsi(14)', 'rsi(close, 14)'],
    ['sma(20)', 'sma(close, 20)'],
    ['highest(20)', 'highest(high, 20)'],
    ['lowest(20)[1]', 'lowest(low, 20)[1]'],
    ['macd(12, 26, 9).hist', 'macd(close, 12, 26, 9).hist'],
    ['bbands(20, 2).upper', 'bbands(close, 20, 2).upper'],
    ['rsi(14, 7)', 'rsi(close, 7)'],
    ['rsi(2.5)', 'rsi(close)'],
    ['rsi(na)', 'rsi(close)'],
    ['rsi(2 * 7)', 'rsi(close, 2 * 7)'],
    ['correl(close, 30)', 'correl(close, volume, 30)'],
    ['ema(sma(5), 3)', 'ema(sma(close, 5), 3)'],
  ])('%s was meant as %s', (written, meant) => {
    expect(repaired(`info(when: ${written} > 1)`)).toBe(`info(when: ${meant} > 1)`);
  });

  test('names what it is, and what was meant', () => {
    expect(checkText('input n = 14\nbuy(when: rsi(n) < 30)').diagnostics).toMatchObject([
      {
        severity: 'error',
        code: 'constant-series',
        message: '`rsi` looks back over a series, and `n` is the same at every bar. Did you mean `rsi(close, n)`?',
      },
    ]);
  });

  test('what it was a bar ago is the value itself', () => {
    expect(repaired('input n = 14\ninfo(when: close > n[1])')).toBe('input n = 14\n\ninfo(when: close > n)');
    expect(repaired('a = 14[1]\ninfo(when: close > a)')).toBe('a = 14\n\ninfo(when: close > a)');
  });

  test('two constants never cross', () => {
    expect(repaired('info(when: crossover(30, 20))')).toBe('info(when: crossover(close, 20))');
  });

  test.each([
    'crossover(rsi(close, 14), 30)',
    'max(5, close) > 3',
    'nz(close[1], 0) > 3',
    'once(true)',
    'mavp(close, 14) > 1',
    'where(close > 3, 1, 2)[1] > 1',
    'latch(close > 3, false)',
    'valueWhen(close > open, 1) > 0',
  ])('%s is none', (condition) => {
    expect(
      checkText(`info(when: ${condition})`).diagnostics.filter(
        ({ code }) => code === 'constant-series' || code === 'constant-condition',
      ),
    ).toEqual([]);
  });

  test('a condition that never changes is doubtful to what counts bars by it', () => {
    expect(checkText('info(when: barsSince(true) > 3)').diagnostics.map(({ code }) => code)).toContain(
      'constant-condition',
    );
  });
});

describe('law: whatever looks back needs what moves, and has a repair that checks clean', () => {
  const ports = BLOCKS.flatMap((block) =>
    block.inputs
      .filter((port) => mustMove(block, port))
      .map((port) => [`${port.name} of ${block.name}`, block, port] as const),
  );
  const CONSTANTS: readonly Arg[] = [14, 0, -2.5, null, '5%', { from: 'n' }, { from: 'twice' }];

  test('the blocks are those that remember bars', () => {
    expect(ports.length).toBeGreaterThan(50);
    for (const block of BLOCKS)
      if (block.kind === 'kernel' && block.pointwise)
        expect(block.inputs.some((port) => mustMove(block, port))).toBe(false);
  });

  test.each(ports)('%s', (_name, block, port) => {
    for (const constant of CONSTANTS) {
      const moving = block.inputs.flatMap((other): [string, Arg][] =>
        other !== port && other.default === undefined && isSeriesPort(other.type)
          ? [[other.name, { from: other.type === 'series<bool>' ? 'up' : 'price' }]]
          : [],
      );
      const node: FormulaNode = {
        block: block.name,
        name: 'looked',
        args: { ...Object.fromEntries(moving), [port.name]: constant },
      };
      const formula: Formula = {
        ...EMPTY_FORMULA,
        nodes: {
          price: { block: 'open', args: {} },
          up: { block: 'gt', args: { a: { from: 'price' }, b: 1 } },
          n: { block: 'input', name: 'n', args: { value: 14 } },
          twice: { block: 'mul', args: { a: { from: 'n' }, b: 2 } },
          node,
        },
      };
      const [problem, ...others] = errors(formula);
      expect(problem).toMatchObject({ code: 'constant-series', nodeId: 'node', port: port.name });
      expect(others).toEqual([]);
      expect(problem?.fix?.edits).toBeDefined();
      const after = applyEdits(formula, problem?.fix?.edits ?? []);
      expect(errors(after)).toEqual([]);
      expect(errors(parse(print(after)).formula)).toEqual([]);
    }
  });
});
