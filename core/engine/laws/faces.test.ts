import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { check } from '#core/formula/check/check.ts';
import { analyse } from '#core/formula/facts/analyse.ts';
import { PossibleValues } from '#core/formula/facts/possible-values.ts';
import { fromJsonText, toJson } from '#core/formula/json/json.ts';
import { parse } from '#core/formula/language/parse.ts';
import { print } from '#core/formula/language/print.ts';
import { isAction } from '#core/formula/language/statements.ts';
import { isRef, type Formula } from '#core/formula/model/formula.ts';
import { arbitraryCondition } from '#core/formula/testing/arbitrary-condition.ts';
import { arbitraryFormula, SOME_FEEDS } from '#core/formula/testing/arbitrary-formula.ts';
import { inOtherIds } from '#core/formula/testing/canonical.ts';
import { SCALE } from '#core/formula/testing/scale.ts';
import type { Bars } from '#core/market/bars.ts';
import { backtest } from '../backtest.ts';
import { evaluate, type Series } from '../evaluate.ts';
import { DEFAULT_SETTINGS } from '../outcome/settings.ts';
import { compile } from '../plan/compile.ts';
import { arbitraryBars, inHalves } from '../testing/bars.ts';

const BARS = 60;

const formulas = arbitraryFormula({ feeds: SOME_FEEDS, maxStatements: 8 });
const conditions = fc
  .array(arbitraryCondition, { minLength: 1, maxLength: 3 })
  .map((all) => parse(all.map((condition) => `info(when: ${condition})`).join('\n')).formula);

/** What each named statement gives, but for constants. */
function seriesOf(formula: Formula, bars: Bars): Series {
  const plan = compile(formula, {}, { keepNamed: true });
  if (!plan.ok) throw new Error(JSON.stringify(plan.error));
  const series = evaluate(plan.value, bars, new Map([['OTHER', { ...bars, symbol: 'OTHER' }]]));
  if (!series.ok) throw new Error(series.error);
  return series.value;
}

function resultOf(formula: Formula, bars: Bars): unknown {
  const plan = compile(formula);
  if (!plan.ok) throw new Error(JSON.stringify(plan.error));
  const result = backtest(plan.value, bars, DEFAULT_SETTINGS, {
    feeds: new Map([['OTHER', { ...bars, symbol: 'OTHER' }]]),
  });
  if (!result.ok) return result;
  const { equity, metrics, trades, rejected, signals } = result.value;
  return {
    equity: Array.from(equity),
    metrics,
    signals: signals.map(({ kind, time }) => [kind, time]),
    rejected: rejected.map(({ time, reason }) => [time, reason]),
    trades: trades.map(({ entryTime, entryPrice, exitTime, exitPrice, units, net, reason }) => [
      entryTime,
      entryPrice,
      exitTime,
      exitPrice,
      units,
      net,
      reason,
    ]),
  };
}

const bits = (series: Series) =>
  [...series]
    .map(([name, column]) => [
      name,
      Array.from(new BigUint64Array(column.map((value) => (Number.isNaN(value) ? Number.NaN : value)).buffer)),
    ])
    .sort();

/** Every node but the actions as a statement of its own, so that all of them are evaluated. */
const allNamed = (formula: Formula): Formula => ({
  ...formula,
  nodes: Object.fromEntries(
    Object.entries(formula.nodes).map(([id, node]) => [
      id,
      isAction(node) ? node : { ...node, name: node.name ?? `at_${id}` },
    ]),
  ),
});

describe('law 4: the same bits', () => {
  test('through the graph, the code and the JSON', () => {
    fc.assert(
      fc.property(formulas, arbitraryBars(BARS), (formula, bars) => {
        const expected = bits(seriesOf(formula, bars));
        for (const face of [
          parse(print(formula)).formula,
          fromJsonText(toJson(formula)).formula,
          inOtherIds(formula),
        ]) {
          expect(bits(seriesOf(face, bars))).toEqual(expected);
          expect(resultOf(face, bars)).toEqual(resultOf(formula, bars));
        }
      }),
      { numRuns: 150 * SCALE },
    );
  });
});

/** What no market would send. */
const anyColumn = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.double({ min: 1, max: 200, noNaN: true }) },
      { weight: 1, arbitrary: fc.double() },
    ),
    { minLength: BARS, maxLength: BARS },
  )
  .map((values) => Float64Array.from(values));
const anyBars: fc.Arbitrary<Bars> = fc
  .record({ open: anyColumn, high: anyColumn, low: anyColumn, close: anyColumn, volume: anyColumn })
  .map((columns) => ({
    ...columns,
    symbol: 'TEST',
    timeframe: '1d',
    length: BARS,
    time: Float64Array.from({ length: BARS }, (_, bar) => bar * 86_400_000),
  }));

describe('law 3: evaluating is total', () => {
  test('on any bars', () => {
    fc.assert(
      fc.property(formulas, anyBars, (formula, bars) => {
        seriesOf(allNamed(formula), bars);
        resultOf(formula, bars);
      }),
      { numRuns: 300 * SCALE },
    );
  });
});

/** Bars whose prices are often equal, and may stand still, and which may lack their volume. */
const meetingBars: fc.Arbitrary<Bars> = fc
  .record({
    bars: arbitraryBars(BARS),
    quote: fc.constantFrom((bars: Bars) => bars, inHalves),
    lacking: fc.constantFrom(0, 3, 1),
  })
  .map(({ bars, quote, lacking }) => ({
    ...quote(bars),
    volume: bars.volume.map((volume, bar) => (lacking > 0 && bar % lacking === 0 ? NaN : volume)),
  }));

describe('what the checker says about values is so', () => {
  const holds = (formula: Formula, bars: Bars) => {
    const named = allNamed(formula);
    const analysis = analyse(named);
    const possible = new PossibleValues(analysis);
    const series = seriesOf(named, bars);
    for (const { id, node, block } of analysis.graph.vertices) {
      for (const output of block?.outputs ?? []) {
        const name = (block?.outputs.length ?? 0) > 1 ? `${node.name}.${output.name}` : node.name;
        const column = series.get(name ?? '');
        const { min, max, integer, missing } = possible.range({ from: id, output: output.name });
        const wrong = column?.find((value) =>
          Number.isNaN(value)
            ? missing === 'never'
            : value < min || value > max || (integer && !Number.isInteger(value)),
        );
        if (wrong !== undefined)
          throw new Error(
            `${name} (${block?.name}) is ${wrong}, and was to lie in ${min}..${max}${integer ? ', whole' : ''}, missing ${missing}`,
          );
      }
    }
    const isLacking = (bar: number) => [...series.values()].some((values) => Number.isNaN(values[bar]));
    for (const { code, nodeId = '', message } of check(named).diagnostics) {
      const column = series.get(named.nodes[nodeId]?.name ?? '');
      if (code === 'never') expect(column?.includes(1) ?? false).toBe(false);
      if (code === 'always')
        expect(
          column?.every((value, bar) => value === 1 || (message.includes('wherever') && isLacking(bar))) ?? true,
        ).toBe(true);
      if (code === 'never-acts' || code === 'always-acts') {
        const when = named.nodes[nodeId]?.args['when'];
        const decides = isRef(when) ? series.get(named.nodes[when.from]?.name ?? '') : undefined;
        expect(decides?.every((value) => (value === 1) === (code === 'always-acts')) ?? true).toBe(true);
      }
    }
  };

  test('of generated formulas', () => {
    fc.assert(fc.property(formulas, meetingBars, holds), { numRuns: 500 * SCALE });
  });

  test('of conditions that compare few things in many ways', () => {
    fc.assert(fc.property(conditions, meetingBars, holds), { numRuns: 1500 * SCALE });
  });

  test('a value that looks back further than the data is missing at every bar', () => {
    fc.assert(
      fc.property(formulas, arbitraryBars(BARS), fc.integer({ min: 1, max: 20 }), (formula, bars, length) => {
        const short: Bars = {
          ...bars,
          length,
          time: bars.time.slice(0, length),
          open: bars.open.slice(0, length),
          high: bars.high.slice(0, length),
          low: bars.low.slice(0, length),
          close: bars.close.slice(0, length),
          volume: bars.volume.slice(0, length),
        };
        const named = allNamed(formula);
        const series = seriesOf(named, short);
        for (const { code, nodeId = '', message } of check(named, { bars: length }).diagnostics) {
          if (code !== 'warm-up') continue;
          const column = series.get(named.nodes[nodeId]?.name ?? '');
          expect(
            column?.every((value) => (message.includes('never true') ? value !== 1 : Number.isNaN(value))) ?? true,
          ).toBe(true);
        }
      }),
      { numRuns: 500 * SCALE },
    );
  });
});
