import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findBlock } from '#core/formula/blocks/catalogue.ts';
import { parse } from '#core/formula/language/parse.ts';
import type { Formula } from '#core/formula/model/formula.ts';
import { arbitraryFormula } from '#core/formula/testing/arbitrary-formula.ts';
import { SCALE } from '#core/formula/testing/scale.ts';
import type { Bars } from '#core/market/bars.ts';
import { backtest } from '../backtest.ts';
import { DEFAULT_SETTINGS, type Settings } from '../outcome/settings.ts';
import { compile } from '../plan/compile.ts';
import type { Level, Operand } from '../plan/plan.ts';
import { runColumns, wholeSpan } from '../run-columns.ts';
import { Workbench } from '../sweep/workbench.ts';
import { arbitrarySettings } from '../testing/arbitrary-settings.ts';
import { arbitraryBars, barsFrom, inHalves, inTicks } from '../testing/bars.ts';
import type { NaiveAction, NaiveLevel } from '../testing/naive-action.ts';
import { simulateNaively } from '../testing/naive-simulator.ts';

/** `npm run test:long` runs so many times as many cases. */

/** Prices of six decimals, or of halves, which meet one another, levels and whole lots. */
const quoted = (bars: fc.Arbitrary<Bars>): fc.Arbitrary<Bars> =>
  fc.tuple(bars, fc.constantFrom(inTicks, inHalves)).map(([given, quote]) => quote(given));

const settings = arbitrarySettings([0, 1, 0.1, 0.01, 1e-8, 0.25, 100]);

/** A level, as the naive simulator takes it and as code writes it. */
interface WrittenLevel {
  readonly code: string;
  readonly level: (bars: Bars) => NaiveLevel;
}

/** Some lie on the wrong side, some are `na` or no price at some bars. */
const written = (from: 'close' | 'low' | 'high', sign: '-' | '+'): fc.Arbitrary<WrittenLevel> =>
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .constantFrom(2, 5, 10)
        .map((percent) => ({ code: `${percent}%`, level: () => ({ percent: () => percent / 100 }) })),
    },
    {
      weight: 2,
      arbitrary: fc.constantFrom(3, 8).map((percent) => ({
        code: `where(close > open, ${percent}%, where(mod(barIndex, 3) == 0, na, 2%))`,
        level: ({ open, close }: Bars) => ({
          percent: (bar: number) =>
            (close[bar] ?? NaN) > (open[bar] ?? NaN) ? percent / 100 : bar % 3 === 0 ? NaN : 0.02,
        }),
      })),
    },
    {
      weight: 6,
      arbitrary: fc.constantFrom(1, 4, 9, -3, 300).map((distance) => ({
        code: `${from} ${sign} ${distance}`,
        level: (bars: Bars) => ({
          price: (bar: number) => (bars[from][bar] ?? NaN) + (sign === '-' ? -distance : distance),
        }),
      })),
    },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom(90, 100, 120)
        .map((constant) => ({ code: `${constant}`, level: () => ({ constant }) })),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom(2, 3).map((every) => ({
        code: `where(mod(barIndex, ${every}) == 0, na, ${from} ${sign} 2)`,
        level: (bars: Bars) => ({
          price: (bar: number) => (bar % every === 0 ? NaN : (bars[from][bar] ?? NaN) + (sign === '-' ? -2 : 2)),
        }),
      })),
    },
  );

/** When: every so many bars, from one on. */
const timing = fc.record({ every: fc.integer({ min: 1, max: 12 }), first: fc.nat(11) });

const size = fc.oneof(
  fc.constantFrom(0.2, 0.5, 1, 4).map((value) => ({ kind: 'fraction' as const, value, code: `${value * 100}%` })),
  fc.constantFrom(0.3, 1).map((value) => ({ kind: 'free' as const, value, code: `free(${value * 100}%)` })),
  fc.constantFrom(1, 7.5, 60).map((value) => ({ kind: 'units' as const, value, code: `units(${value})` })),
  fc.constantFrom(100, 2000).map((value) => ({ kind: 'cash' as const, value, code: `cash(${value})` })),
  fc.constantFrom(0.01, 0.1).map((value) => ({ kind: 'risk' as const, value, code: `risk(${value * 100}%)` })),
);

type Written = { readonly code: string; readonly action: (bars: Bars) => NaiveAction };

const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq: 1 });

const entry = (kind: 'buy' | 'short'): fc.Arbitrary<Written> => {
  const [towardsLoss, towardsProfit] = kind === 'buy' ? (['-', '+'] as const) : (['+', '-'] as const);
  return fc
    .record({
      timing,
      size,
      stop: optional(written('close', towardsLoss)),
      target: optional(written('close', towardsProfit)),
      trail: optional(written(kind === 'buy' ? 'low' : 'high', towardsLoss)),
      limit: optional(written('close', towardsLoss)),
      expires: optional(fc.integer({ min: 1, max: 5 })),
      adds: fc.nat(2),
    })
    .map(({ timing: { every, first }, size: wanted, stop, target, trail, limit, expires, adds }) => {
      const levels = { stop, target, trail, limit };
      const args = [
        `when: mod(barIndex, ${every}) == ${first % every}`,
        `size: ${wanted.code}`,
        ...Object.entries(levels).flatMap(([name, level]) => (level ? [`${name}: ${level.code}`] : [])),
        ...(limit && expires !== undefined ? [`expires: ${expires}`] : []),
        `adds: ${adds}`,
      ];
      return {
        code: `${kind}(${args.join(', ')})`,
        action: (bars) => ({
          kind,
          when: (bar) => bar % every === first % every,
          size: { kind: wanted.kind, value: () => wanted.value },
          adds,
          ...Object.fromEntries(
            Object.entries(levels).flatMap(([name, level]) => (level ? [[name, level.level(bars)]] : [])),
          ),
          ...(limit && expires !== undefined ? { expires } : {}),
        }),
      };
    });
};

const exit = (kind: 'sell' | 'cover'): fc.Arbitrary<Written> =>
  timing.map(({ every, first }) => ({
    code: `${kind}(when: mod(barIndex, ${every}) == ${first % every})`,
    action: () => ({
      kind,
      when: (bar) => bar % every === first % every,
      size: { kind: 'fraction', value: () => 1 },
      adds: 0,
    }),
  }));

const actions = fc.array(fc.oneof(entry('buy'), entry('short'), exit('sell'), exit('cover')), {
  minLength: 1,
  maxLength: 5,
});

/** Digits behind the point in which figures must agree: five, and fewer where figures of this size have no five. */
const digitsOf = (size: number): number => Math.min(5, 9 - Math.log10(Math.max(1, Math.abs(size))));

/** Where the two differ in anything that is told of a run. */
function expectAgreement(formula: Formula, chosen: readonly NaiveAction[], bars: Bars, how: Settings): void {
  const plan = compile(formula);
  if (!plan.ok) throw new Error(JSON.stringify(plan.error));
  const run = backtest(plan.value, bars, how);
  if (!run.ok) throw new Error('the run did not end');
  const { trades, equity, rejected, signals } = run.value;
  const naive = simulateNaively(chosen, bars, how);
  const whole = ({ side, entryBar, exitBar, reason }: (typeof naive.trades)[number]) => [
    side,
    entryBar,
    exitBar,
    reason,
  ];
  expect(trades.map(whole)).toEqual(naive.trades.map(whole));
  expect(rejected.map(({ bar }) => bar)).toEqual(naive.rejected);
  expect(signals.flatMap(({ bar, kind }) => (kind === 'info' ? [] : [{ bar, kind }]))).toEqual(naive.signals);
  for (const [index, { units, entryPrice, exitPrice, net, mae, mfe }] of naive.trades.entries()) {
    const close = (value: number, among = value): unknown => expect.closeTo(value, digitsOf(among));
    const turnover = units * Math.max(entryPrice, exitPrice);
    expect(trades[index]).toMatchObject({
      units: close(units),
      entryPrice: close(entryPrice),
      exitPrice: close(exitPrice),
      net: close(net, turnover),
      mae: close(mae),
      mfe: close(mfe),
    });
  }
  // A sweep keeps no journal, and looks at fewer prices.
  const swept = new Workbench({
    formula,
    bars,
    feeds: new Map(),
    settings: how,
    spans: [wholeSpan(bars)],
    slots: [],
  }).run([{}], []);
  expect(swept).toEqual({ ok: true, value: [[run.value.metrics]] });
  const most = naive.equity.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  for (const [bar, value] of naive.equity.entries()) expect(equity[bar]).toBeCloseTo(value, digitsOf(most));
}

test('and where the money is just enough for a whole lot, behind losses that no double is', () => {
  const flat = ([price, length]: readonly [number, number]) => Array.from({ length }, () => price);
  const opens = [
    [100, 3],
    [30, 9],
    [15, 6],
    [2.25, 21],
    [0.675, 14],
    [0.5, 8],
  ] as const;
  const closes = [
    [100, 2],
    [30, 10],
    [15, 5],
    [4.500001, 1],
    [2.25, 20],
    [0.675, 14],
    [0.5, 9],
  ] as const;
  const close = closes.flatMap(flat);
  const bars = barsFrom(
    opens.flatMap(flat).map((open, bar) => {
      const at = close[bar] ?? open;
      return [open, Math.max(open, at), Math.min(open, at), at];
    }),
  );
  const every = (bars: number) => (bar: number) => bar % bars === 0;
  expectAgreement(
    parse('short(when: mod(barIndex, 4) == 0, size: free(100%))\nbuy(when: barIndex >= 0, size: cash(100))').formula,
    [
      { kind: 'short', when: every(4), size: { kind: 'free', value: () => 1 }, adds: 0 },
      { kind: 'buy', when: every(1), size: { kind: 'cash', value: () => 100 }, adds: 0 },
    ],
    bars,
    {
      cash: 10_000,
      commission: 0,
      commissionFixed: 0,
      commissionMinimum: 5,
      slippage: 0,
      lot: 0.25,
      leverage: 30,
      fill: 'open',
      closeAtEnd: false,
      short: true,
    },
  );
});

test(
  'the engine agrees with the naive simulator, trade by trade',
  () => {
    fc.assert(
      fc.property(
        actions,
        fc.boolean().chain((isWild) => quoted(arbitraryBars(80, isWild))),
        settings,
        (chosen, bars, how) => {
          expectAgreement(
            parse(chosen.map(({ code }) => code).join('\n')).formula,
            chosen.map(({ action }) => action(bars)),
            bars,
            how,
          );
        },
      ),
      { numRuns: 500 * SCALE },
    );
  },
  60_000 * SCALE,
);

/**
 * The actions of a generated formula: what they read is taken from the columns of the engine, all else is the naive
 * simulator's.
 */
function naiveActionsOf(formula: Formula, bars: Bars, how: Settings): NaiveAction[] {
  const named = {
    ...formula,
    nodes: Object.fromEntries(
      Object.entries(formula.nodes).map(([id, node]) => [
        id,
        findBlock(node.block)?.kind === 'action' ? node : { ...node, name: `named_${id}` },
      ]),
    ),
  };
  const plan = compile(named, {}, { keepNamed: true });
  const run = plan.ok ? runColumns(plan.value, bars, how) : plan;
  if (!plan.ok || !run.ok) throw new Error(JSON.stringify(run));
  const { columns } = run.value;
  const valueOf =
    (operand: Operand) =>
    (bar: number): number =>
      operand.kind === 'constant' ? operand.value : (columns[operand.column]?.[bar] ?? NaN);
  const levelOf = (name: 'stop' | 'target' | 'trail' | 'limit', level: Level | null): Partial<NaiveAction> => {
    if (!level) return {};
    const { operand, percent } = level;
    if (percent) return { [name]: { percent: valueOf(operand) } };
    return { [name]: operand.kind === 'constant' ? { constant: operand.value } : { price: valueOf(operand) } };
  };
  return plan.value.actions.flatMap(({ kind, when, size, stop, target, trail, limit, expires, adds }): NaiveAction[] =>
    kind === 'info'
      ? []
      : [
          {
            kind,
            when: (bar) => valueOf(when)(bar) === 1,
            size: { kind: size.kind, value: valueOf(size.operand) },
            expires,
            adds,
            ...levelOf('stop', stop),
            ...levelOf('target', target),
            ...levelOf('trail', trail),
            ...levelOf('limit', limit),
          },
        ],
  );
}

test('a constant is the same price at every bar, however many digits the prices of the bar have', () => {
  const bars = barsFrom([100, 100, 99.736842, 99.736842].map((price) => [price, price, price, price]));
  const { formula } = parse('buy(when: true, size: 50%, limit: acos(0.05), expires: 24, adds: 24)');
  const how = { ...DEFAULT_SETTINGS, closeAtEnd: false };
  const naive = naiveActionsOf(formula, bars, how);
  expect(naive).toMatchObject([{ limit: { constant: Math.acos(0.05) } }]);
  expectAgreement(formula, naive, bars, how);
});

test(
  'and on generated formulas',
  () => {
    fc.assert(
      fc.property(arbitraryFormula({ maxStatements: 8 }), quoted(arbitraryBars(80)), settings, (formula, bars, how) => {
        expectAgreement(formula, naiveActionsOf(formula, bars, how), bars, how);
      }),
      { numRuns: 200 * SCALE },
    );
  },
  60_000 * SCALE,
);
