import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SCALE } from '#core/formula/testing/scale.ts';
import { applyEdits } from '../change/apply-edits.ts';
import { parse } from '../language/parse.ts';
import { print } from '../language/print.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { EMPTY_FORMULA, type Arg, type Formula, type FormulaNode, type NodeId } from '../model/formula.ts';
import { arbitraryFormula, SOME_FEEDS } from '../testing/arbitrary-formula.ts';
import { checkText } from './check-text.ts';
import { check, type CheckOptions } from './check.ts';
import { whyNotConnect } from './why-not-connect.ts';

const told = (code: string, options: CheckOptions = {}) =>
  checkText(code, options).diagnostics.map(({ message }) => message);
const codes = (code: string, options: CheckOptions = {}) =>
  checkText(code, options).diagnostics.map(({ code: kind }) => kind);
const graph = (nodes: Readonly<Record<NodeId, FormulaNode>>): Formula => ({ ...EMPTY_FORMULA, nodes });

/** What the condition of an action is told to be. */
const verdict = (condition: string, before = '') =>
  told(`${before}\ninfo(when: ${condition})`).filter((message) => !message.startsWith('`info`'));

describe('arguments', () => {
  test.each([
    ['a = sma(close)', []],
    ['a = sma()', ['Simple moving average needs `source`: the series to look at.']],
    ['a = sma(close, 1)', ['`timePeriod` of `sma` is at least 2, not 1.']],
    [
      'a = sma(close, 10)\nbuy(when: close > a, size: units(0.1 - 0.4))',
      ['`amount` of `units` is at least 0, not -0.3.'],
    ],
    ['a = sma(close, 2.5)', ['`timePeriod` of `sma` is a whole number, not 2.5.']],
    ['a = sma(close, 200000)', ['`timePeriod` of `sma` is at the most 100000, not 200000.']],
    ['a = sma(close, "x")', ['`timePeriod` takes a plain number, not "x".']],
    ['a = sma(close, 300%)', ['`timePeriod` takes a plain number, not 300%.']],
    ['a = sma(close, na)', ["`timePeriod` can't be na."]],
    [
      'a = sma(close, close)',
      [
        '`timePeriod` takes a plain number, not a number at every bar. It must be the same at every bar: an input or a literal.',
      ],
    ],
    ['a = sma(true)', ['`source` takes a number at every bar, not true.']],
    ['a = sma(close > 1)', ['`source` takes a number at every bar, not a condition.']],
    [
      'a = stoch(slowKMaType: "smaa")',
      ['`slowKMaType` of `stoch` is one of "sma", "ema", "wma", "dema", "tema", not "smaa".'],
    ],
    [
      'f = feed("SPY")\na = sma(f)',
      ['`source` takes a number at every bar, not a feed. Choose one of its outputs, such as `.close`.'],
    ],
    ['a = atr(14, feed: close)', ['`feed` takes a feed, not a number at every bar.']],
    [
      'a = where(close > 1, close, true)',
      ['`b` is a condition, and what stands before it a number: they must be the same.'],
    ],
    ['a = where(close > 1, close, "text")', ['`b` takes a number or a condition, not a text.']],
    ['x = 1 / 0\na = sma(close, x)', ["`timePeriod` can't be na."]],
    ['buy(when: close)', ['`when` takes a condition, not a number at every bar.']],
    [
      'buy(when: true, size: "half")',
      ['`size` takes a size (50%, free(50%), units(10), cash(1000), risk(1%)), not "half".'],
    ],
  ])('%s', (code, expected) => {
    const { diagnostics } = checkText(code);
    const unordered = diagnostics.flatMap(({ severity, message }) => (severity === 'error' ? [message] : []));
    expect(
      unordered.map((message) =>
        message.startsWith('`slowKMaType`')
          ? message.replace(/is one of .*, not/, 'is one of "sma", "ema", "wma", "dema", "tema", not')
          : message,
      ),
    ).toEqual(expected);
  });

  test('of graphs that no code makes', () => {
    const messages = (nodes: Readonly<Record<NodeId, FormulaNode>>) =>
      check(graph(nodes)).diagnostics.flatMap(({ severity, message }) => (severity === 'error' ? [message] : []));
    expect(messages({ a: { block: 'smaa', args: {} } })).toEqual(['There is no block `smaa`. Did you mean `sma`?']);
    expect(messages({ a: { block: 'neg', args: { x: { from: 'gone' } } } })).toEqual([
      'What `x` was wired to is gone.',
    ]);
    expect(messages({ a: { block: 'neg', args: { x: { from: 'constructor' } } } })).toEqual([
      'What `x` was wired to is gone.',
    ]);
    expect(
      messages({ a: { block: 'neg', args: { x: { from: 'b' } } }, b: { block: 'info', args: { when: true } } }),
    ).toEqual(['`info` acts; it has no value.']);
    expect(
      messages({ a: { block: 'neg', args: { x: { from: 'b', output: 'hist' } } }, b: { block: 'close', args: {} } }),
    ).toEqual(['`close` has no output `hist`, but `value`.']);
    expect(messages({ a: { block: 'info', name: 'go', args: { when: true } } })).toEqual(['An action has no name.']);
    expect(messages({ a: { block: 'close', name: 'and', args: {} } })).toEqual([
      '`and` has a meaning already; choose another name.',
    ]);
    expect(messages({ a: { block: 'close', name: 'x y', args: {} } })).toEqual([
      '`x y` is no name: letters, digits and _ only, not beginning with a digit.',
    ]);
    expect(messages({ a: { block: 'open', name: 'x', args: {} }, b: { block: 'close', name: 'x', args: {} } })).toEqual(
      ['`x` is the name of another one already.'],
    );
    expect(messages({ a: { block: 'neg', args: { x: Number.POSITIVE_INFINITY } } })).toEqual([
      '`x` takes a number at every bar, not na.',
    ]);
    expect(
      messages({
        a: { block: 'add', name: 'loop', args: { a: { from: 'b' }, b: 1 } },
        b: { block: 'neg', args: { x: { from: 'a' } } },
      }),
    ).toEqual([
      'This depends on itself: loop → neg → loop. Take one of the wires away, or use the value of an earlier bar of something else.',
    ]);
  });

  test.each([
    ['input a = 5 in 10..20', 'The value lies outside its range 10..20.'],
    ['input a = 5 in 20..10', 'The range ends before it begins.'],
    ['input a = "sma" in 1..2', 'Only a number has a range.'],
    ['input a = 5 in 1..9 step 0', 'A step is above 0.'],
    ['input a = "wma" of "sma", "ema"', 'The value is none of its own options.'],
    ['input a = na', 'An input needs a plain value: 10, 50%, "sma" or true.'],
    ['input a = 3 in "x"..9', '`min` of an input is a number.'],
  ])('%s', (code, message) => {
    expect(told(code)).toContain(message);
  });

  test('may be asked for before a wire is drawn', () => {
    const { formula } = parse('a = sma(close, 3)\nb = a > 1\nbuy(when: b)');
    const id = (name: string) => Object.keys(formula.nodes).find((key) => formula.nodes[key]?.name === name) ?? '';
    expect(whyNotConnect(formula, { from: id('b') }, id('a'), 'source')).toBe(
      'The wire would close a circle: a value can not depend on itself.',
    );
    expect(whyNotConnect(formula, { from: id('a') }, id('b'), 'b')).toBeNull();
    expect(whyNotConnect(formula, { from: id('b') }, id('b'), 'b')).not.toBeNull();
  });
});

test.each([
  'close > highest(high, 20)[1]',
  'high >= highest(high, 20)',
  'close >= highest(close, 20)',
  'close > highest(low, 20)',
  'close < lowest(high, 20)',
  'close > highest(spy.high, 20)',
  'spy.low > close',
  'close > open',
])('nothing is said of `%s`, which bars may make true', (condition) => {
  expect(verdict(condition, condition.includes('spy') ? 'spy = feed("SPY")' : '')).toEqual([]);
});

describe('conditions that can never be true', () => {
  test.each([
    ['rsi(close, 14) > 120', '`rsi(close, 14) > 120` can never be true: `rsi(close, 14)` lies between 0 and 100.'],
    [
      'close > highest(high, 20)',
      '`close > highest(high, 20)` can never be true: `highest(high, 20)` counts the bar itself; `highest(high, 20)[1]` is that of the bars before.',
    ],
    [
      'crossunder(low, lowest(low, 5))',
      '`crossunder(low, lowest(low, 5))` can never be true: `lowest(low, 5)` counts the bar itself; `lowest(low, 5)[1]` is that of the bars before.',
    ],
    ['low > close', '`low > close` can never be true: `low` is never above `close`.'],
    ['hour > 24', '`hour > 24` can never be true: `hour` is a whole number from 0 to 23.'],
    ['hour == 9.5', '`hour == 9.5` can never be true: `hour` is a whole number from 0 to 23.'],
    ['drawdown > 10%', '`drawdown > 10%` can never be true: `drawdown` is never above 0.'],
    [
      'round(close) == 0.5',
      '`round(close) == 0.5` can never be true: `round(close)` is a whole number and never below 0.',
    ],
    ['barIndex == 2.5', '`barIndex == 2.5` can never be true: `barIndex` is a whole number and never below 0.'],
    ['-barIndex == -2.5', '`-barIndex == -2.5` can never be true: `-barIndex` is a whole number and never above 0.'],
    ['close < 0', '`close < 0` can never be true: `close` is never below 0.'],
    ['3 > 5', '`3 > 5` can never be true: nothing in it changes from bar to bar.'],
    ['close > close', '`close > close` can never be true: both sides are the same.'],
    [
      'crossover(sma(close, 3), sma(close, 3))',
      '`crossover(sma(close, 3), sma(close, 3))` can never be true: both sides are the same.',
    ],
    ['between(close, 10, 5)', '`between(close, 10, 5)` can never be true: its bounds exclude each other.'],
    ['close > 5 and close < 3', "This can never be true: `close > 5` and `close < 3` can't both be true."],
    ['open < close and open > close', "This can never be true: `open < close` and `open > close` can't both be true."],
    ['hour > 20 and hour < 4', "This can never be true: `hour > 20` and `hour < 4` can't both be true."],
    [
      'hour > 5 and volume > 3 and hour < 6',
      "This can never be true: `hour > 5` and `hour < 6` can't both be true, since `hour` is a whole number from 0 to 23.",
    ],
    [
      'open < sma(close, 9) and sma(close, 9) < close and close < open',
      "This can never be true: `open < sma(close, 9)`, `sma(close, 9) < close` and `close < open` can't all be true.",
    ],
    [
      'crossover(close, open) and crossunder(close, open)',
      "This can never be true: `crossover(close, open)` and `crossunder(close, open)` can't both be true.",
    ],
    [
      'rising(close) and not rising(close)',
      "This can never be true: `rising(close)` and not `rising(close)` can't both be true.",
    ],
    ['not (hour > 5) and hour > 10', "This can never be true: not `hour > 5` and `hour > 10` can't both be true."],
    [
      'sma(rsi(close, 14), 5) > 120',
      '`sma(rsi(close, 14), 5) > 120` can never be true: `sma(rsi(close, 14), 5)` lies between 0 and 100.',
    ],
    [
      'highest(hour, 5) * 2 + 1 > 50',
      '`highest(hour, 5) * 2 + 1 > 50` can never be true: `highest(hour, 5) * 2 + 1` is a whole number from 1 to 47.',
    ],
    [
      'close > na',
      '`close > na` can never be true: nothing compares with `na`; `na(x)` asks whether a value is missing.',
    ],
  ])('%s', (condition, message) => {
    expect(verdict(condition)).toEqual([message]);
    expect(codes(`buy(when: ${condition})`)).toContain('never-acts');
  });

  test('names are looked through', () => {
    expect(verdict('both', 'up = close > open\ndown = close < open\nsame = up\nboth = same and down')).toEqual([
      "This can never be true: `close > open` and `close < open` can't both be true.",
    ]);
  });

  test('an input may be set to anything in its range', () => {
    expect(verdict('rsi(close, 14) > level', 'input level = 120 in 50..150')).toEqual([]);
    expect(verdict('rsi(close, 14) > level', 'input level = 120 in 110..150')).toEqual([
      '`rsi(close, 14) > level` can never be true: `rsi(close, 14)` lies between 0 and 100 and `level` lies between 110 and 150.',
    ]);
    expect(verdict('on and close > open', 'input on = false')).toEqual([]);
  });

  test('what only follows from another is not told again, but for the action', () => {
    expect(codes('enter = rsi(close, 14) > 120 and close > open\nbuy(when: enter or enter and volume > 3)')).toEqual([
      'never',
      'never-acts',
    ]);
  });

  test.each([
    'close > open or close < open',
    'rsi(close, 14) > 99',
    'close > 5 or close < 3',
    'not (close > open) and not (close < open)',
    'position.bars >= 0',
    'close[1] > close and close > close[1] * 0.9',
    'not (sma(close, 3) > 5) and not (sma(close, 3) <= 5)',
    'hour == 9 and minute == 30',
    'crossover(close, 5)',
    // That two are in order says nothing of whether they differ.
    'low != close',
    'low == close',
    'not (low != high)',
    'close != highest(close, 5)',
    'close == highest(high, 5)',
    'lowest(low, 5) != open',
    // Bars may lack their volume.
    'na(volume)',
    'na(volume) and not (volume > 0)',
  ])('%s may be true', (condition) => {
    expect(verdict(condition)).toEqual([]);
  });
});

describe('conditions that are always true', () => {
  test.each([
    ['5 > 3', '`5 > 3` is always true: nothing in it changes from bar to bar.'],
    ['close >= 0', '`close >= 0` is always true: `close` is never below 0.'],
    ['volume >= 0', '`volume >= 0` is always true, wherever there is a value: `volume` is never below 0.'],
    ['low <= close', '`low <= close` is always true: `low` is never above `close`.'],
    [
      'rsi(close, 14) >= 0',
      '`rsi(close, 14) >= 0` is always true, wherever there is a value: `rsi(close, 14)` lies between 0 and 100.',
    ],
    [
      'dayOfWeek != 1 or dayOfWeek != 2',
      'This is always true: one of `dayOfWeek != 1` and `dayOfWeek != 2` always is.',
    ],
    [
      'sma(close, 3) > 5 or sma(close, 3) < 8',
      'This is always true, wherever there is a value: one of `sma(close, 3) > 5` and `sma(close, 3) < 8` always is.',
    ],
    [
      'rising(close) or not rising(close)',
      'This is always true: one of `rising(close)` and not `rising(close)` always is.',
    ],
    ['hour < 24', '`hour < 24` is always true: `hour` is a whole number from 0 to 23.'],
  ])('%s', (condition, message) => {
    expect(verdict(condition)).toEqual([message]);
  });
});

test('a condition that needs the volume to be missing may be true', () => {
  for (const condition of ['not (volume >= 0)', 'not (volume == volume)', 'not (volume > -1 or volume > -2)'])
    expect(codes(`info(when: ${condition})`)).not.toContain('never-acts');
});

describe('doubts', () => {
  test('== between computed numbers, but not between whole or picked ones', () => {
    const doubtful = (condition: string) => codes(`info(when: ${condition})`).includes('float-equality');
    for (const condition of [
      'sma(close, 3) == close',
      'close + 1 != open',
      'close * 1.01 == high',
      'rsi(close, 2) == 50',
    ])
      expect(doubtful(condition)).toBe(true);
    for (const condition of [
      'hour == 9',
      'close == highest(close, 20)',
      'position.size == 0',
      'mod(barIndex, 5) == 0',
      'close == open',
      'barsSince(close > open) == 3',
      'volume == 0',
      'max(open, close) == high',
      'close[1] == close',
    ])
      expect(doubtful(condition)).toBe(false);
  });

  test('what nobody uses, with what is written inside it', () => {
    const { formula } = parse('idle = sma(close + 1, 3)\nbuy(when: close > open)');
    const [problem] = check(formula).diagnostics;
    expect(problem).toMatchObject({ code: 'unused', message: 'Nobody uses `idle`.' });
    expect(print(applyEdits(formula, problem?.fix?.edits ?? []))).toBe('buy(when: close > open)\n');
  });

  test('a formula that does nothing, and a feed that opens nothing', () => {
    expect(codes('')).toEqual(['no-action']);
    expect(codes('f = feed()\nbuy(when: f.close > 1)')).toEqual(['own-feed']);
  });

  test('a value that is there without what it is made of does not wait for that', () => {
    const warnings = (expression: string) =>
      check(parse(`a = ${expression}\ninfo(when: a > 0)`).formula, { bars: 14 }).diagnostics.flatMap(
        ({ code, message }) => (code === 'warm-up' ? [message] : []),
      );
    // Whatever is missing to the power of 0 is 1.
    expect(warnings('linearreg(cdl2crows() ^ 0, 14)')).toEqual([]);
    expect(warnings('linearreg(nz(cdl2crows(), 1), 14)')).toEqual([]);
    expect(warnings('linearreg(cdl2crows() ^ 2, 14)')).toEqual([
      '`a` looks back over 25 bars and the data has 14 bars: it is missing at every one of them.',
    ]);
    expect(warnings('highest(cdl2crows(), 14)')).toHaveLength(1);
  });

  test('what looks back further than the data', () => {
    const code =
      'slow = sma(close, 200)\nspy = feed("SPY")\nother = sma(spy.close, 500)\nbuy(when: close > slow and close > other)\nsell(when: rising(close, 300))';
    expect(told(code, { bars: 150 })).toEqual([
      '`slow` looks back over 199 bars and the data has 150 bars: it is missing at every one of them.',
      '`rising` looks back over 300 bars and the data has 150 bars: it is never true.',
    ]);
    expect(told(code, { bars: 200 })).toEqual([
      '`rising` looks back over 300 bars and the data has 200 bars: it is never true.',
    ]);
    expect(told(code, { bars: 301 })).toEqual([]);
    expect(told(code)).toEqual([]);
  });
});

/** What people and programs do to graphs. */
const BREAKS: Readonly<Record<string, (node: FormulaNode, ids: readonly NodeId[], at: number) => FormulaNode>> = {
  'a misspelt block': (node) => ({ ...node, block: `${node.block}x` }),
  'a misspelt argument': (node, _ids, at) => replaceArg(node, at, (port, arg) => [`${port}x`, arg]),
  'a number out of range': (node, _ids, at) =>
    replaceArg(node, at, (port, arg) => [port, typeof arg === 'number' ? -1e7 : arg]),
  'a broken number': (node, _ids, at) =>
    replaceArg(node, at, (port, arg) => [port, typeof arg === 'number' ? arg + 0.5 : arg]),
  'a number as text': (node, _ids, at) =>
    replaceArg(node, at, (port, arg) => [port, typeof arg === 'number' ? String(arg) : arg]),
  'a wire from nowhere': (node, _ids, at) => replaceArg(node, at, (port) => [port, { from: 'nowhere' }]),
  'a wire from anywhere': (node, ids, at) =>
    replaceArg(node, at, (port) => [port, { from: ids[at % ids.length] ?? '' }]),
  'an unknown output': (node, _ids, at) =>
    replaceArg(node, at, (port, arg) => [
      port,
      typeof arg === 'object' && arg !== null && 'from' in arg ? { from: arg.from, output: 'uper' } : arg,
    ]),
  na: (node, _ids, at) => replaceArg(node, at, (port) => [port, null]),
  'a name that is taken': (node) => ({ ...node, name: 'v1' }),
  'a name that is a word': (node) => ({ ...node, name: 'close' }),
};

function replaceArg(node: FormulaNode, at: number, replace: (port: string, arg: Arg) => [string, Arg]): FormulaNode {
  const entries = Object.entries(node.args);
  const index = at % Math.max(1, entries.length);
  return {
    ...node,
    args: Object.fromEntries(entries.map(([port, arg], each) => (each === index ? replace(port, arg) : [port, arg]))),
  };
}

describe('repairs of the graph', () => {
  const key = ({ code, nodeId, port, message }: Diagnostic) => JSON.stringify([code, nodeId, port, message]);

  test.each(Object.entries(BREAKS))('of %s take the problem away and bring no other of its node', (_name, breakIt) => {
    fc.assert(
      fc.property(arbitraryFormula({ feeds: SOME_FEEDS }), fc.nat(1000), (formula, at) => {
        const ids = Object.keys(formula.nodes);
        const id = ids[at % ids.length] ?? '';
        const node = formula.nodes[id];
        if (!node) return;
        const broken: Formula = { ...formula, nodes: { ...formula.nodes, [id]: breakIt(node, ids, at) } };
        for (const problem of check(broken).diagnostics) {
          if (!problem.fix?.edits) continue;
          const after = check(applyEdits(broken, problem.fix.edits)).diagnostics;
          expect(after.map(key)).not.toContain(key(problem));
        }
      }),
      { numRuns: 60 * SCALE },
    );
  });

  test('misspellings are put right, not thrown away', () => {
    const repair = (code: string) => {
      const { formula } = parse(code);
      const [problem] = check(formula).diagnostics;
      return print(applyEdits(formula, problem?.fix?.edits ?? []));
    };
    expect(repair('a = sma(close, 1)\ninfo(when: close > a)')).toContain('sma(close, 2)');
    expect(repair('a = sma(close, "14")\ninfo(when: close > a)')).toContain('sma(close, 14)');
    expect(repair('input n = 1\na = sma(close, n)\ninfo(when: close > a)')).toContain('input n = 2');
    expect(repair('f = feed("SPY")\ninfo(when: f > 1)')).toContain('f.close > 1');
    expect(repair('input n = 1 in 5..9\ninfo(when: close > n)')).toContain('input n = 5 in 5..9');
    expect(repair('a = stoch(slowKMaType: "emaa")\ninfo(when: a > 3)')).toContain('slowKMaType: "ema"');
  });
});
