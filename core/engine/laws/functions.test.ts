import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyEdits } from '#core/formula/change/apply-edits.ts';
import { check } from '#core/formula/check/check.ts';
import { extractFunction } from '#core/formula/functions/extract.ts';
import { unpackCall } from '#core/formula/functions/unpack.ts';
import { fromJsonText, toJson } from '#core/formula/json/json.ts';
import { functionsOf } from '#core/formula/language/functions.ts';
import { contentHash } from '#core/formula/language/hash.ts';
import { parse } from '#core/formula/language/parse.ts';
import { print } from '#core/formula/language/print.ts';
import type { Formula } from '#core/formula/model/formula.ts';
import { arbitraryFormula, SOME_FEEDS } from '#core/formula/testing/arbitrary-formula.ts';
import { canonical } from '#core/formula/testing/canonical.ts';
import { SCALE } from '#core/formula/testing/scale.ts';
import type { Bars } from '#core/market/bars.ts';
import { backtest } from '../backtest.ts';
import { evaluate } from '../evaluate.ts';
import { DEFAULT_SETTINGS } from '../outcome/settings.ts';
import { compile } from '../plan/compile.ts';
import { arbitraryBars } from '../testing/bars.ts';

const feedsOf = (bars: Bars) => new Map([['OTHER', { ...bars, symbol: 'OTHER' }]]);

/** What a formula does, and what its named statements give. */
function runOf(formula: Formula, bars: Bars) {
  const [plan, named] = [compile(formula), compile(formula, {}, { keepNamed: true })];
  if (!plan.ok || !named.ok) throw new Error(`${JSON.stringify(plan)}\n${print(formula)}`);
  const result = backtest(plan.value, bars, DEFAULT_SETTINGS, { feeds: feedsOf(bars) });
  const series = evaluate(named.value, bars, feedsOf(bars));
  if (!result.ok || !series.ok) throw new Error('It did not run.');
  const { equity, trades, rejected, signals } = result.value;
  const did = {
    equity: Array.from(equity),
    signals: signals.map(({ kind, time }) => [kind, time]),
    rejected: rejected.map(({ time, reason }) => [time, reason]),
    trades: trades.map(({ entryTime, entryPrice, exitTime, exitPrice, net }) => [
      entryTime,
      entryPrice,
      exitTime,
      exitPrice,
      net,
    ]),
  };
  return { did, series: series.value, warmUp: plan.value.warmUp };
}

function expectSame(before: Formula, after: Formula, bars: Bars): void {
  const [a, b] = [runOf(before, bars), runOf(after, bars)];
  expect(b.did).toEqual(a.did);
  expect(b.warmUp).toBe(a.warmUp);
  for (const [name, column] of b.series) {
    const known = a.series.get(name);
    if (known) expect(Array.from(column)).toEqual(Array.from(known));
  }
}

const freshIds = (): (() => string) => {
  let count = 0;
  return () => `made${(count += 1)}`;
};

/** A blank line may be said where code has one anyway. */
const withoutBlanks = (formula: Formula): Formula => ({
  ...formula,
  nodes: Object.fromEntries(Object.entries(formula.nodes).map(([id, { spaced: _blank, ...node }]) => [id, node])),
});

/** A formula, and one of which some nodes have been made a function. */
const extracted = arbitraryFormula({ feeds: SOME_FEEDS, maxStatements: 8 }).chain((formula) =>
  fc.subarray(Object.keys(formula.nodes), { minLength: 1 }).map((ids) => {
    const made = extractFunction(formula, new Set(ids), { name: 'made', newId: freshIds() });
    return { formula, made: made.ok ? { ...made.value, formula: applyEdits(formula, made.value.edits) } : null };
  }),
);

describe('a function made of any nodes', () => {
  test('gives the same bits, on whatever bars', () => {
    fc.assert(
      fc.property(extracted, arbitraryBars(60), ({ formula, made }, bars) => {
        fc.pre(made !== null);
        if (!made) return;
        expect(check(made.formula).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
        expectSame(formula, made.formula, bars);
      }),
      { numRuns: 300 * SCALE },
    );
  });

  test('is the same through code and JSON, and unpacked gives the same bits again', () => {
    fc.assert(
      fc.property(extracted, arbitraryBars(40), ({ formula, made }, bars) => {
        fc.pre(made !== null);
        if (!made) return;
        const code = print(made.formula);
        const parsed = parse(code);
        expect(parsed.diagnostics).toEqual([]);
        expect(print(parsed.formula)).toBe(code);
        expect(canonical(withoutBlanks(parsed.formula))).toEqual(canonical(withoutBlanks(made.formula)));
        expect(contentHash(parsed.formula)).toBe(contentHash(made.formula));
        expect(fromJsonText(toJson(made.formula))).toMatchObject({ formula: made.formula, diagnostics: [] });
        const unpacked = applyEdits(made.formula, unpackCall(made.formula, made.call, freshIds2()));
        expect(functionsOf(unpacked).size).toBe(0);
        expectSame(formula, unpacked, bars);
      }),
      { numRuns: 200 * SCALE },
    );
  });
});

const freshIds2 = (): (() => string) => {
  let count = 0;
  return () => `again${(count += 1)}`;
};
