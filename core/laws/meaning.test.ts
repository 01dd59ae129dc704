import fc from 'fast-check';
import { expect, test } from 'vitest';
import { meanTheSame } from '#core/diff/meaning.ts';
import { backtest } from '#core/engine/backtest.ts';
import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import { compile } from '#core/engine/plan/compile.ts';
import { arbitraryBars } from '#core/engine/testing/bars.ts';
import { isPercent, numberOf, percentOf } from '#core/formula/language/literal.ts';
import { isRef, type Arg, type Formula, type FormulaNode, type NodeId } from '#core/formula/model/formula.ts';
import { arbitraryFormula, SOME_FEEDS } from '#core/formula/testing/arbitrary-formula.ts';
import { SCALE } from '#core/formula/testing/scale.ts';
import type { Bars } from '#core/market/bars.ts';

test('what means the same does the same on all bars', () => {
  const formulas = arbitraryFormula({ feeds: SOME_FEEDS, maxStatements: 8 });
  fc.assert(
    fc.property(formulas, fc.func(fc.boolean()), arbitraryBars(60), (a, isTurned, bars) => {
      const b = saidOtherwise(a, isTurned);
      expect(meanTheSame(a, b)).toBe(true);
      expect(resultOf(b, bars)).toEqual(resultOf(a, bars));
    }),
    { numRuns: Math.round(100 * SCALE) },
  );
});

test('what does something else on some bars does not mean the same', () => {
  const formulas = arbitraryFormula({ feeds: SOME_FEEDS, maxStatements: 8 });
  let [same, told] = [0, 0];
  fc.assert(
    fc.property(formulas, fc.func(fc.nat({ max: 11 })), arbitraryBars(60), (a, choose, bars) => {
      const b = nearly(a, choose);
      if (!meanTheSame(a, b)) return;
      told += 1;
      if (b !== a) same += 1;
      expect(resultOf(b, bars)).toEqual(resultOf(a, bars));
    }),
    { numRuns: Math.round(400 * SCALE) },
  );
  // Both happen, or the law says nothing.
  expect(told).toBeGreaterThan(0);
  expect(same).toBeGreaterThan(0);
});

/**
 * A number as a percentage or the other way round, an argument less, `na` for what is left out, sides that change
 * places, an order.
 */
function nearly(a: Formula, choose: (id: NodeId, what: string) => number): Formula {
  const nodes = Object.entries(a.nodes).map(([id, node]): [NodeId, FormulaNode] => {
    const args = Object.entries(node.args).flatMap(([port, arg]): [string, Arg][] => {
      const choice = choose(id, port);
      if (isRef(arg) || choice > 2) return [[port, arg]];
      if (choice === 0) return [];
      const number = numberOf(arg);
      if (number === undefined || Number.isNaN(number)) return [[port, arg]];
      return [[port, isPercent(arg) ? number : percentOf(number)]];
    });
    const isNothing = (node.block === 'buy' || node.block === 'short') && choose(id, 'nothing') === 0;
    const nothing = isNothing && node.args['size'] === undefined ? { size: null } : {};
    return [id, { ...node, args: { ...Object.fromEntries(args), ...nothing } }];
  });
  const isTurned = choose('all' as NodeId, 'order') === 0;
  return { ...a, nodes: Object.fromEntries(isTurned ? nodes.reverse() : nodes) };
}

/** Sides change places, comparisons turn round, names go and come. */
function saidOtherwise(a: Formula, isTurned: (id: NodeId, what: string) => boolean): Formula {
  const turned: Readonly<Record<string, string>> = {
    gt: 'lt',
    lt: 'gt',
    gte: 'lte',
    lte: 'gte',
    crossover: 'crossunder',
    crossunder: 'crossover',
    add: 'add',
    mul: 'mul',
    and: 'and',
    or: 'or',
    eq: 'eq',
    neq: 'neq',
    max: 'max',
    min: 'min',
    cross: 'cross',
  };
  const nodes = Object.entries(a.nodes).map(([id, node]): [NodeId, FormulaNode] => {
    const block = isTurned(id, 'turn') ? turned[node.block] : undefined;
    const [first, second] = node.block.startsWith('cross') ? ['x', 'y'] : ['a', 'b'];
    const [x, y] = [node.args[first ?? ''], node.args[second ?? '']];
    const isBare = !isRef(x) && !isRef(y);
    return [
      id,
      {
        ...node,
        ...(block === undefined || isBare
          ? {}
          : { block, args: { [first ?? '']: y ?? null, [second ?? '']: x ?? null } }),
        ...(node.name === undefined ? {} : { name: `${node.name}x` }),
      },
    ];
  });
  return { ...a, nodes: Object.fromEntries(nodes) };
}

function resultOf(of: Formula, bars: Bars): unknown {
  const plan = compile(of);
  if (!plan.ok) return 'not valid';
  const result = backtest(plan.value, bars, DEFAULT_SETTINGS, {
    feeds: new Map([['OTHER', { ...bars, symbol: 'OTHER' }]]),
  });
  if (!result.ok) return 'not run';
  const { equity, trades, rejected, signals } = result.value;
  return {
    equity: Array.from(equity),
    trades: trades.length,
    rejected: rejected.map(({ time }) => time),
    signals: signals.map(({ kind, time }) => `${kind} ${time}`),
  };
}
