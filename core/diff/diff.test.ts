import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyEdits } from '#core/formula/change/apply-edits.ts';
import { fromJsonText, toJson } from '#core/formula/json/json.ts';
import { parse } from '#core/formula/language/parse.ts';
import { print } from '#core/formula/language/print.ts';
import { isRef, type Formula } from '#core/formula/model/formula.ts';
import { arbitraryFormula, SOME_FEEDS } from '#core/formula/testing/arbitrary-formula.ts';
import { CROSSING } from '#core/formula/testing/crossing.ts';
import { SCALE } from '#core/formula/testing/scale.ts';
import { describeChange, summarize } from './describe.ts';
import { diff } from './diff.ts';

function formula(code: string): Formula {
  const { formula: read, diagnostics } = parse(code);
  expect(diagnostics).toEqual([]);
  return read;
}

const between = (before: string, after: string): string[] =>
  diff(formula(before), formula(after)).changes.map(describeChange);
const after = (...replacements: readonly (readonly [string, string])[]): string[] =>
  between(
    CROSSING,
    replacements.reduce((code, [from, to]) => code.replace(from, to), CROSSING),
  );

describe('what people are told', () => {
  test('of an input, a parameter, a wire', () => {
    expect(after(['fast = 10', 'fast = 12'])).toEqual(['fast 10 → 12']);
    expect(after(['2..50', '2..80'])).toEqual(['fast: max 50 → 80']);
    expect(after(['ema(close, 200)', 'ema(close, 100)'])).toEqual(['trend: timePeriod 200 → 100']);
    expect(after(['slowLine = sma(close, slow)', 'slowLine = sma(close, fast)'])).toEqual([
      'slowLine: timePeriod slow → fast',
    ]);
    expect(after(['ema(close, 200)', 'ema(fastLine, 200)'])).toEqual(['trend: source close → fastLine']);
    expect(after(['trend = ema', 'trend = wma'])).toEqual(['trend ema(close, 200) → wma(close, 200)']);
  });

  test('of an action, as little as can be named', () => {
    expect(after(['size: 50%', 'size: 100%'])).toEqual(['buy: size 50% → 100%']);
    expect(after(['size: 50%', 'size: 50%, stop: 2%'])).toEqual(['stop 2% added to buy']);
    expect(after([', size: 50%', ''])).toEqual(['size 50% removed from buy']);
    expect(after(['close > 5', 'close > 6'])).toEqual(['buy: when close > 5 → close > 6']);
    expect(after(['crossover(fastLine, slowLine) and', 'crossover(fastLine, trend) and'])).toEqual([
      'buy: y of crossover slowLine → trend',
    ]);
    expect(after([' and close > 5', ''])).toEqual([
      'buy: when crossover(fastLine, slowLine) and close > 5 → crossover(fastLine, slowLine)',
    ]);
  });

  test('of statements that came, went, changed their names, their places, their comments', () => {
    expect(after(['trend = ema(close, 200)\n', 'trend = ema(close, 200)\nstrength = rsi(close, 14)\n'])).toEqual([
      'strength = rsi(close, 14) added',
    ]);
    expect(after(['trend = ema(close, 200)\n', ''])).toEqual(['trend removed']);
    expect(after(['sell(when', 'info(when: close > trend)\nsell(when'])).toEqual(['info(when: close > trend) added']);
    expect(after(['input slow = 20\n', 'input slow = 20\ninput risk = 2%\n'])).toEqual(['input risk = 2% added']);
    expect(between(CROSSING, CROSSING.replaceAll('fastLine', 'quick'))).toEqual(['fastLine renamed to quick']);
    expect(after(['trend = ema', '# the long run\ntrend = ema'])).toEqual(['comment of trend changed']);
    expect(after(['trend = ema(close, 200)\n', ''], ['fastLine =', 'trend = ema(close, 200)\nfastLine ='])).toEqual([
      'trend moved to another line',
    ]);
    expect(
      between('buy(when: close > 1)\nbuy(when: close > 2)\n', 'buy(when: close > 1)\nbuy(when: close > 3)\n'),
    ).toEqual(['buy #2: when close > 2 → close > 3']);
    expect(
      after([
        'sell(when: crossunder(fastLine, slowLine))\n',
        'sell(when: crossunder(fastLine, slowLine))\n\n# the end\n',
      ]),
    ).toEqual(['comment at the end changed']);
  });

  test('of a function that came or went, the function alone', () => {
    const fn = 'fn twice(x) = x * 2\n';
    const [without, with_] = ['buy(when: close > 1)\n', `${fn}buy(when: close > 1)\n`];
    expect(diff(formula(without), formula(with_)).changes.map(({ kind }) => kind)).toEqual(['added']);
    expect(diff(formula(with_), formula(without)).changes.map(({ kind }) => kind)).toEqual(['removed']);
    expect(between(with_, with_.replace('x * 2', 'x * 3'))).toHaveLength(1);
  });

  test('nothing of blank lines', () => {
    expect(between(CROSSING, CROSSING.replace('slowLine =', '\nslowLine ='))).toEqual([]);
  });

  test('of nodes that are only moved on the canvas', () => {
    const before = formula(CROSSING);
    const [first = '', second = ''] = Object.keys(before.nodes);
    expect(
      diff(before, { ...before, layout: { [first]: { x: 1, y: 2 }, [second]: { x: 3, y: 4 } } }).changes.map(
        describeChange,
      ),
    ).toEqual(['2 nodes moved on the canvas']);
  });

  test('all of it in one line', () => {
    const all = CROSSING.replace('fast = 10', 'fast = 12')
      .replace('size: 50%', 'size: 50%, stop: 2%')
      .replace('200', '100')
      .replace('slow = 20', 'slow = 21')
      .replace('close > 5', 'close > 6');
    expect(summarize(diff(formula(CROSSING), formula(all)))).toBe(
      'fast 10 → 12; slow 20 → 21; trend: timePeriod 200 → 100; 2 more',
    );
    expect(summarize(diff(formula(CROSSING), formula(CROSSING)))).toBe('no changes');
  });
});

describe('laws', () => {
  const formulas = arbitraryFormula({ feeds: SOME_FEEDS });
  const pairs = fc.oneof(
    fc.tuple(formulas, formulas),
    formulas.chain((a) =>
      fc.tuple(
        fc.constant(a),
        fc.func(fc.boolean()).map((isChanged) => touched(a, isChanged)),
      ),
    ),
  );

  test('a formula does not differ from itself, nor from itself with other ids, nor when it went out through code or JSON', () => {
    fc.assert(
      fc.property(formulas, (a) => {
        expect(diff(a, a)).toEqual({ edits: [], changes: [] });
        const read = fromJsonText(toJson(a));
        if (read.formula) expect(diff(a, read.formula).changes).toEqual([]);
        const ids = new Map(Object.keys(a.nodes).map((id, index) => [id, `other${index}`]));
        expect(diff(a, withIds(a, ids)).changes.filter(({ kind }) => kind !== 'moved')).toEqual([]);
        expect(diff(a, parse(print(a)).formula).changes.filter(({ kind }) => kind !== 'moved')).toEqual([]);
      }),
      { numRuns: Math.round(300 * SCALE) },
    );
  });

  test('the edits make the second formula of the first, and there are changes exactly when they do not say the same', () => {
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        const { edits, changes } = diff(a, b);
        expect(print(applyEdits(a, edits))).toBe(print(b));
        if (print(a) !== print(b)) expect(changes.filter(({ kind }) => kind !== 'moved')).not.toEqual([]);
        for (const change of changes) expect(describeChange(change)).not.toMatch(/undefined|\n/);
      }),
      { numRuns: Math.round(300 * SCALE) },
    );
  });
});

/** Some of its numbers are others. */
function touched(formula: Formula, isChanged: (port: string, at: number) => boolean): Formula {
  const nodes = Object.entries(formula.nodes).map(([id, node], at) => [
    id,
    {
      ...node,
      args: Object.fromEntries(
        Object.entries(node.args).map(([port, arg]) => [
          port,
          typeof arg === 'number' && isChanged(port, at) ? arg + 1 : arg,
        ]),
      ),
    },
  ]);
  return { ...formula, nodes: Object.fromEntries(nodes) };
}

function withIds(formula: Formula, ids: ReadonlyMap<string, string>): Formula {
  const nodes = Object.entries(formula.nodes).map(([id, node]) => [
    ids.get(id) ?? id,
    {
      ...node,
      args: Object.fromEntries(
        Object.entries(node.args).map(([port, arg]) => [
          port,
          isRef(arg) ? { ...arg, from: ids.get(arg.from) ?? arg.from } : arg,
        ]),
      ),
    },
  ]);
  return { ...formula, nodes: Object.fromEntries(nodes), layout: {} };
}
