import { describe, expect, test } from 'vitest';
import { applyEdits } from '../change/apply-edits.ts';
import { parse } from '../language/parse.ts';
import { print } from '../language/print.ts';
import { checkText } from './check-text.ts';
import { check } from './check.ts';

const up = 'when: close > open';
const found = (code: string) => checkText(code).diagnostics.map(({ code: kind, port }) => [kind, port]);

/** The code behind the repair of the first problem that has one, the action alone. */
function repaired(code: string): string {
  const { formula } = parse(code);
  const problem = check(formula).diagnostics.find(({ fix }) => fix?.edits);
  const after = applyEdits(formula, problem?.fix?.edits ?? []);
  expect(check(after).diagnostics.map(({ code: kind, port, message }) => [kind, port, message])).not.toContainEqual([
    problem?.code,
    problem?.port,
    problem?.message,
  ]);
  return print(after).trim().split('\n').at(-1) ?? '';
}

describe('orders that are never filled, never kept or never reached', () => {
  test.each([
    ['buy', 'size: risk(1%)', 'never-filled', 'size: risk(1%), stop: 5%'],
    ['buy', 'size: risk(1%), trail: 3%', 'never-filled', 'size: risk(1%), stop: 3%, trail: 3%'],
    ['buy', 'size: units(0)', 'never-filled', null],
    ['buy', 'size: cash(0)', 'never-filled', null],
    ['buy', 'size: 0%', 'never-filled', null],
    ['buy', 'size: units(min(0, close - open))', 'never-filled', null],
    ['buy', 'size: -50%', 'never-filled', 'size: 50%'],
    ['buy', 'size: 20000%', 'plain-size', null],
    ['buy', 'size: na', 'never-filled', null],
    ['buy', 'stop: close + na', 'never-filled', ''],
    ['short', 'limit: na * close', 'never-filled', ''],
    ['buy', 'limit: 0', 'never-filled', null],
    ['buy', 'limit: 100%', 'never-filled', null],
    ['buy', 'stop: -5%', 'never-kept', 'stop: 5%'],
    ['buy', 'stop: 0%', 'never-kept', ''],
    ['short', 'trail: -2 * 5%', 'never-kept', 'trail: -(-2 * 5%)'],
    ['buy', 'target: where(hour > 5, -1%, -2%)', 'never-kept', 'target: -where(hour > 5, -1%, -2%)'],
    ['buy', 'target: 0', 'never-kept', ''],
    ['short', 'stop: -3', 'never-kept', ''],
    ['buy', 'limit: 190, stop: 220', 'never-kept', null],
    ['short', 'limit: 190, stop: 120', 'never-kept', null],
    ['buy', 'stop: 250, target: 150', 'never-kept', null],
    ['buy', 'limit: low, stop: low', 'never-kept', null],
    ['buy', 'stop: 100%', 'never-reached', ''],
    ['buy', 'trail: 250%', 'never-reached', ''],
    ['short', 'target: 100%', 'never-reached', ''],
    ['buy', 'stop: -8', 'never-reached', ''],
    ['buy', 'expires: 3', 'idle-argument', ''],
    ['buy', 'stop: close * 1.05', 'wrong-side', null],
    ['buy', 'stop: highest(high, 20)', 'wrong-side', null],
    ['short', 'stop: close - 3', 'wrong-side', null],
    ['buy', 'target: low', 'wrong-side', null],
  ])('%s %s: %s', (action, args, code, meant) => {
    const written = `${action}(${up}, ${args})`;
    expect(found(written).map(([kind]) => kind)).toEqual([code]);
    if (meant !== null) expect(repaired(written)).toBe(`${action}(${up}${meant === '' ? '' : `, ${meant}`})`);
  });

  test('through inputs and arithmetic: as the inputs stand, and for a value that moves whatever they may be', () => {
    expect(found(`input sl = -5%\nbuy(${up}, stop: sl)`)).toEqual([['never-kept', 'stop']]);
    expect(found(`input n = 3\nbuy(${up}, size: units(n - 3))`)).toEqual([['never-filled', 'size']]);
    expect(found(`input k = 1 in 0..3\nbuy(${up}, size: units(-k * volume))`)).toEqual([['never-filled', 'size']]);
    expect(found(`input k = 1 in -1..3\nbuy(${up}, size: units(-k * volume))`)).toEqual([]);
    expect(check(parse(`input sl = -5%\nbuy(${up}, stop: sl)`).formula, { inputs: { sl: 0.05 } }).diagnostics).toEqual(
      [],
    );
  });

  test('a repair takes the sign away', () => {
    expect(repaired(`input sl = 5%\nbuy(${up}, stop: -sl)`)).toBe(`buy(${up}, stop: sl)`);
  });

  test('a level of nothing is as if it were left out', () => {
    for (const port of ['stop', 'target', 'trail', 'limit']) {
      expect(found(`buy(${up}, ${port}: na)`)).toEqual([['idle-argument', port]]);
      expect(repaired(`buy(${up}, ${port}: na)`)).toBe(`buy(${up})`);
    }
  });

  test('an exit needs an entry', () => {
    expect(found('sell(when: close < open)')).toEqual([['nothing-to-close', undefined]]);
    expect(repaired('cover(when: close < open)')).toBe('info(when: close < open)');
    expect(found(`buy(${up})\nsell(when: close < open)\nshort(${up})\ncover(when: close < open)`)).toEqual([]);
  });

  test.each([
    'size: 50%',
    'size: 0.5',
    'size: 100%',
    'size: 150%',
    'size: units(10)',
    'size: cash(1000)',
    'size: cash(0.1 * equity)',
    'size: risk(1%), stop: 5%',
    'size: risk(0.01), stop: close - 3',
    'size: where(hour > 9, 20%, 50%)',
    'stop: close - 3 * atr(14)',
    'stop: close * 0.9',
    'stop: close * (1 - 5%)',
    'stop: low',
    'stop: lowest(low, 20)',
    'stop: position.entry * 95%',
    'target: highest(high, 20)',
    'trail: supertrend(10).line',
    'limit: 2%, expires: 3',
    'limit: -1%',
    'limit: close * 1.01',
    'stop: 2 * 5%',
    'stop: 10% / 2',
    'stop: 100% - 95%',
    'stop: abs(-5%)',
    'stop: max(1%, -drawdown)',
    'stop: 2 * stddev(rocp(close, 1), 20)',
    'stop: atr(14) / close * 100%',
    'stop: natr(14) * 1%',
    'stop: where(close > 50, 5%, na)',
    'stop: nz(where(close > 50, 5%, na), 2%)',
    'stop: 120',
    'limit: 190, stop: 120, target: 250',
    'stop: sqrt(high * low)',
    'stop: close - close * 5%',
    'stop: 2 * close - high',
    'stop: (high + low) / 2 - close * 2%',
    'stop: max(atr(14), close * 95%)',
    'stop: bbands(close, 20).lower - atr(14)',
    'stop: low - (high - low)',
    'stop: sma(close, 5) - where(close > open, atr(14), high - low)',
    'adds: 3',
  ])('%s is an order like others', (args) => {
    expect(found(`buy(${up}, ${args})`)).toEqual([]);
  });
});

describe('numbers that were meant otherwise', () => {
  test.each([
    ['stop: 0.1', 'stop: 10%'],
    ['target: 10', 'target: 10%'],
    ['trail: 0.05', 'trail: 5%'],
    ['limit: 1', 'limit: 100%'],
    ['stop: 2 * atr(14) / close', 'stop: 2 * atr(14) / close * 100%'],
    ['stop: natr(14)', 'stop: natr(14) * 1%'],
    ['stop: atr(14)', 'stop: close - atr(14)'],
    ['stop: 2 * atr(14)', 'stop: close - 2 * atr(14)'],
    ['target: stddev(close, 20) * 3', 'target: close + stddev(close, 20) * 3'],
    ['trail: max(atr(14), trange())', 'trail: close - max(atr(14), trange())'],
    ['limit: high - low', 'limit: close - (high - low)'],
    ['stop: sma(high, 5) - sma(low, 5)', 'stop: close - (sma(high, 5) - sma(low, 5))'],
    ['stop: 0.05 * 2', 'stop: 0.05 * 2 * 100%'],
    ['size: 10', 'size: units(10)'],
    ['size: equity * 0.1', 'size: cash(equity * 0.1)'],
    ['size: cash(5%)', 'size: 5%'],
    ['size: units(5%)', 'size: 5%'],
    ['size: risk(1), stop: 5%', 'size: risk(1%), stop: 5%'],
    ['stop: where(hour > 5, 5%, 0.1)', 'stop: where(hour > 5, 5%, 10%)'],
    ['stop: where(hour > 5, 5%, 10)', 'stop: where(hour > 5, 5%, 10%)'],
    ['stop: close - 5%', 'stop: close * (1 - 5%)'],
    ['stop: 5% + close', 'stop: close * (1 + 5%)'],
  ])('%s: %s', (args, meant) => {
    expect(repaired(`buy(${up}, ${args})`)).toBe(`buy(${up}, ${meant})`);
  });

  test('a level that is a percentage at some bars and a price at others keeps a formula from running', () => {
    for (const level of [
      'where(hour > 5, 5%, close * 0.9)',
      'max(5%, close)',
      'nz(close, 5%)',
      '2 * where(hour > 5, 5%, 0.1)',
    ])
      expect(checkText(`buy(${up}, stop: ${level})`).checked.ok).toBe(false);
    for (const fine of [
      'close * where(hour > 5, 5%, 0.1)',
      'where(hour > 5, close, 120)',
      'close * (1 - where(hour > 5, 5%, 0.1))',
    ])
      expect(checkText(`buy(${up}, stop: ${fine})`).checked.ok).toBe(true);
  });

  test.each([
    ['rsi(close, 14) < 30%', 'rsi(close, 14) < 30'],
    ['roc(close, 10) > 5%', 'roc(close, 10) > 5'],
    ['position.pnl < -3', 'position.pnl < -3%'],
    ['crossover(rsi(close, 14), 30%)', 'crossover(rsi(close, 14), 30)'],
    ['between(rsi(close, 14), 30%, 70)', 'between(rsi(close, 14), 30, 70)'],
  ])('%s: %s', (condition, meant) => {
    expect(repaired(`info(when: ${condition})`)).toBe(`info(when: ${meant})`);
  });

  test('a price is no percentage', () => {
    expect(found('info(when: close > 5%)')).toEqual([['percent-of-what', 'b']]);
  });

  test.each([
    'position.pnl > 5%',
    'position.pnl > 0.05',
    'rocp(close, 5) > 5%',
    'close / close[1] - 1 > 5%',
    'close > close[1] * 105%',
    'rank(close, 20) > 90%',
    'drawdown < -10%',
    'position.pnl > 0',
    'close - close[1] > close * 2%',
  ])('%s says what it means', (condition) => {
    expect(found(`info(when: ${condition})`)).toEqual([]);
  });
});

describe('types', () => {
  test.each([
    ['2 * 5%', 'percent'],
    ['5% + 1%', 'percent'],
    ['-5%', 'percent'],
    ['5% * 5%', 'percent'],
    ['5% / 2', 'percent'],
    ['100% - 5%', 'percent'],
    ['min(5%, 3%)', 'percent'],
    ['where(close > 1, 5%, 10%)', 'series<percent>'],
    ['5% * where(close > 1, 1, 2)', 'series<percent>'],
    ['nz(position.pnl)', 'series<percent>'],
    ['5% / 1%', 'number'],
    ['1 - 5%', 'number'],
    ['close * 5%', 'series<number>'],
    ['close / open', 'series<number>'],
    ['sma(rocp(close, 1), 5)', 'series<percent>'],
    ['sl', 'percent'],
    ['sl * 2', 'percent'],
    ['sl * close', 'series<number>'],
    ['where(close > 1, sl, 3 * sl)[1]', 'series<percent>'],
  ])('%s is %s', (expression, type) => {
    const { checked, formula } = checkText(`input sl = 5% in 1%..10%\na = ${expression}\ninfo(when: a > sl)`);
    const [id] = Object.entries(formula.nodes).find(([, { name }]) => name === 'a') ?? [''];
    expect(Object.values(checked.types.get(id) ?? {})).toEqual([type]);
  });
});
