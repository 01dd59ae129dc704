import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyEdits, editsBetween } from '#core/formula/change/apply-edits.ts';
import { reconcile } from '#core/formula/change/reconcile.ts';
import { check } from '#core/formula/check/check.ts';
import { extractFunction } from '#core/formula/functions/extract.ts';
import { unpackCall } from '#core/formula/functions/unpack.ts';
import { withCalls } from '#core/formula/functions/with-calls.ts';
import { fromJsonText, toJson } from '#core/formula/json/json.ts';
import { isShared, scopeOf } from '#core/formula/language/functions.ts';
import { contentHash } from '#core/formula/language/hash.ts';
import { parse } from '#core/formula/language/parse.ts';
import { print } from '#core/formula/language/print.ts';
import { isAction } from '#core/formula/language/statements.ts';
import type { Formula, NodeId } from '#core/formula/model/formula.ts';
import { arbitraryProgram, type Program } from '#core/formula/testing/arbitrary-program.ts';
import { inOtherIds } from '#core/formula/testing/canonical.ts';
import { SCALE } from '#core/formula/testing/scale.ts';
import type { Bars } from '#core/market/bars.ts';
import { backtest } from '../backtest.ts';
import { evaluate } from '../evaluate.ts';
import { DEFAULT_SETTINGS } from '../outcome/settings.ts';
import { compile } from '../plan/compile.ts';
import { Preview } from '../preview.ts';
import { manyBars } from '../testing/bars.ts';

const BARS: Bars = manyBars(40);

/** What a formula does, and what its lines give; null of one with errors. */
function runOf(formula: Formula) {
  const [plan, named] = [compile(formula), compile(formula, {}, { keepNamed: true })];
  if (!plan.ok || !named.ok) return null;
  const [result, series] = [backtest(plan.value, BARS, DEFAULT_SETTINGS), evaluate(named.value, BARS)];
  if (!result.ok || !series.ok) throw new Error('It did not run.');
  const { equity, signals } = result.value;
  const lines = [...series.value].filter(([name]) => name.startsWith('line'));
  return {
    equity: Array.from(equity),
    signals: signals.map(({ kind, time }) => [kind, time]),
    lines: Object.fromEntries(lines.map(([name, column]) => [name, Array.from(column)])),
  };
}

type Run = ReturnType<typeof runOf>;

/** A line that is only a price goes when the call that gave it is unpacked: the price stands where it was used. */
function expectSame(after: Formula, expected: NonNullable<Run>): void {
  const { lines = {}, ...did } = runOf(after) ?? {};
  const { lines: known, ...before } = expected;
  expect(did).toEqual(before);
  for (const [name, line] of Object.entries(lines)) if (known[name]) expect(line).toEqual(known[name]);
}

const read = (code: string): Formula => parse(code).formula;

const ids = (word = 'made'): (() => NodeId) => {
  let count = 0;
  return () => `${word}${(count += 1)}`;
};

/** A program of which some nodes are muted. */
const muted = arbitraryProgram.chain(({ code }: Program) => {
  const formula = read(code);
  const able = Object.entries(formula.nodes).flatMap(([id, node]) =>
    isShared(node) || isAction(node) || ['fn', 'param', 'result', 'value'].includes(node.block) ? [] : [id],
  );
  return fc.subarray(able, { maxLength: Math.min(3, able.length) }).map((some) =>
    applyEdits(
      formula,
      some.map((id) => ({ type: 'setFlag', id, flag: 'muted', on: true })),
    ),
  );
});

test('of a call that gives several values each is seen, by evaluation and by the preview', () => {
  const code = 'fn f(a) =\n  return u: a + 1, l: a - 1, same: a\nb = f(close)\nbuy(when: close > b.l)\n';
  const formula = read(code);
  const plan = compile(formula, {}, { keepNamed: true });
  const series = plan.ok ? evaluate(plan.value, BARS) : plan;
  const [id = ''] = Object.entries(formula.nodes).find(([, { name }]) => name === 'b') ?? [];
  const run = new Preview(BARS).run(formula, DEFAULT_SETTINGS);
  for (const [output, by] of [
    ['u', 1],
    ['l', -1],
    ['same', 0],
  ] as const) {
    const expected = BARS.close.map((close) => close + by);
    expect(series.ok && series.value.get(`b.${output}`)).toEqual(expected);
    expect(run.ok && run.value.series(id, output)).toEqual(expected);
  }
});

describe('a program with functions', () => {
  test('does what it does with each call written out', () => {
    fc.assert(
      fc.property(arbitraryProgram, ({ code, plain }) => {
        const expected = runOf(read(plain));
        fc.pre(parse(code).diagnostics.length === 0 && expected !== null);
        const run = runOf(read(code));
        // A line of a function that nothing needs may be wrong by itself.
        fc.pre(run !== null);
        expect(run).toEqual(expected);
      }),
      { numRuns: 60 * SCALE },
    );
  });

  test('typed over another one is that program, and nothing typed is no edit', () => {
    fc.assert(
      fc.property(arbitraryProgram, arbitraryProgram, (before, after) => {
        const [formula, typed] = [read(before.code), parse(after.code)];
        fc.pre(typed.diagnostics.length === 0);
        const edits = editsBetween(formula, reconcile(formula, typed.formula, ids()));
        expect(print(applyEdits(formula, edits))).toBe(print(typed.formula));
        expect(editsBetween(formula, reconcile(formula, read(print(formula)), ids()))).toEqual([]);
      }),
      { numRuns: 60 * SCALE },
    );
  });
});

describe('a program with functions and with what is muted', () => {
  test('does the same through every face, and has the same problems', () => {
    fc.assert(
      fc.property(muted, (formula) => {
        const [expected, code] = [runOf(formula), print(formula)];
        const told = (face: Formula) =>
          check(face)
            .diagnostics.map(({ code: kind, severity }) => `${severity} ${kind}`)
            .sort();
        for (const face of [read(code), fromJsonText(toJson(formula)).formula, inOtherIds(formula)]) {
          expect(runOf(face)).toEqual(expected);
          expect(contentHash(face)).toBe(contentHash(formula));
          expect(print(face)).toBe(code);
          expect(told(face)).toEqual(told(formula));
        }
      }),
      { numRuns: 100 * SCALE },
    );
  });

  test('does the same with a function made of any nodes, unpacked again, and with parameters of other names', () => {
    fc.assert(
      fc.property(muted, fc.nat(), fc.nat(), (formula, first, every) => {
        const expected = runOf(formula);
        fc.pre(expected !== null);
        if (!expected) return;
        const all = Object.keys(formula.nodes);
        const scope = scopeOf(formula, formula.nodes[all[first % all.length] ?? ''] ?? { block: '', args: {} });
        const some = all.filter((id, at) => {
          const node = formula.nodes[id] ?? { block: '', args: {} };
          return at % (1 + (every % 4)) === 0 && scopeOf(formula, node) === scope && !isAction(node);
        });
        const made = extractFunction(formula, new Set(some), { name: 'made', newId: ids() });
        if (made.ok) {
          const after = applyEdits(formula, made.value.edits);
          expectSame(after, expected);
          expectSame(applyEdits(after, unpackCall(after, made.value.call, ids('again'))), expected);
        }
        for (const [id, { block }] of Object.entries(formula.nodes)) {
          if (block === 'call') expectSame(applyEdits(formula, unpackCall(formula, id, ids())), expected);
          if (block === 'param')
            expectSame(applyEdits(formula, withCalls(formula, [{ type: 'setName', id, name: 'anew' }])), expected);
        }
      }),
      { numRuns: 30 * SCALE },
    );
  });
});
