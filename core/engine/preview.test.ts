import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from '#core/formula/language/parse.ts';
import type { Formula } from '#core/formula/model/formula.ts';
import { arbitraryFormula } from '#core/formula/testing/arbitrary-formula.ts';
import type { Bars } from '#core/market/bars.ts';
import { backtest } from './backtest.ts';
import { evaluate } from './evaluate.ts';
import { DEFAULT_SETTINGS } from './outcome/settings.ts';
import { compile } from './plan/compile.ts';
import { Preview, type PreviewRun } from './preview.ts';
import { arbitraryBars, barsFrom } from './testing/bars.ts';

const bars = barsFrom(
  Array.from({ length: 200 }, (_, bar) => {
    const close = 100 + 20 * Math.sin(bar / 9) + bar / 10;
    return [close - 1, close + 2, close - 3, close] as const;
  }),
);

const runOf = (preview: Preview, formula: Formula): PreviewRun => {
  const run = preview.run(formula, DEFAULT_SETTINGS);
  if (!run.ok) throw new Error(JSON.stringify(run.error));
  return run.value;
};

const nodeOf = (formula: Formula, name: string): string =>
  Object.entries(formula.nodes).find(([, node]) => node.name === name)?.[0] ?? '';

const CROSS = `input fast = 5 in 2..50
fastLine = sma(close, fast)
slowLine = sma(close, 20)
buy(when: crossover(fastLine, slowLine))
sell(when: crossunder(fastLine, slowLine) or position.bars > 30)
unusedLine = ema(close, 9)
bands = bbands(close, 10)`;

describe('the preview', () => {
  test('tells of a volume that its bars, or those of a feed, do not have', () => {
    const doubtsOf = (code: string, own: Bars, feed: Bars) =>
      runOf(new Preview(own, new Map([['B', { ...feed, symbol: 'B' }]])), parse(code).formula).doubts;
    const still = { ...bars, volume: bars.volume.map(() => Number.NaN) };
    expect(doubtsOf('flow = obv()\nbuy(when: flow > 0)', still, bars)).toEqual([
      expect.stringContaining('reads the volume, which the bars do not have'),
    ]);
    expect(doubtsOf('flow = feed("B").volume\nbuy(when: flow > 0)', bars, still)).toEqual([
      expect.stringContaining('the bars of B do not have'),
    ]);
    expect(doubtsOf('buy(when: close > 0)', still, still)).toEqual([]);
    expect(doubtsOf('flow = obv()\nbuy(when: flow > 0)', bars, still)).toEqual([]);
  });

  test('a part of the bars is traded as a backtest of that part is, with the bars before as history', () => {
    const { formula } = parse(CROSS);
    const plan = compile(formula);
    if (!plan.ok) throw new Error('the formula has no errors');
    for (const from of [0, 1, 60, 199]) {
      const span = { from, to: bars.length };
      const run = new Preview(bars).run(formula, DEFAULT_SETTINGS, span);
      const whole = backtest(plan.value, bars, DEFAULT_SETTINGS, { span });
      expect(run.ok && whole.ok && run.value.result).toEqual(whole.ok && whole.value);
      if (run.ok && from > 0)
        expect(run.value.story.at(from - 1).decisions.map(({ outcome }) => outcome)).toEqual(['over', 'over']);
    }
  });

  test('run after run gives what backtest and evaluate give, to the bit', () => {
    fc.assert(
      fc.property(
        fc.array(arbitraryFormula({ maxStatements: 6 }), { minLength: 2, maxLength: 4 }),
        arbitraryBars(80),
        (formulas, prices) => {
          const preview = new Preview(prices);
          for (const formula of [...formulas, ...formulas.slice(0, 1)]) {
            const run = preview.run(formula, DEFAULT_SETTINGS);
            const plan = compile(formula, {}, { keepNamed: true });
            if (!run.ok || !plan.ok) {
              expect([run.ok, plan.ok]).toEqual([false, false]);
              continue;
            }
            expect(run.value.result).toEqual(
              (backtest(plan.value, prices, DEFAULT_SETTINGS) as { value: unknown }).value,
            );
            const series = evaluate(plan.value, prices);
            if (!series.ok) throw new Error(series.error);
            for (const [name, column] of series.value) {
              const [statement = '', output] = name.split('.');
              const node = nodeOf(formula, statement);
              const shown = run.value.series(node, output ?? 'value') ?? run.value.series(node, 'line');
              if (shown !== undefined) expect(shown).toEqual(column);
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test('every node has its values: constants, outputs, what nobody uses and what depends on the position', () => {
    const { formula } = parse(CROSS);
    const run = runOf(new Preview(bars), formula);
    expect(run.series(nodeOf(formula, 'fast'), 'value')).toBe(5);
    const plan = compile(formula, {}, { keepNamed: true });
    const series = plan.ok ? evaluate(plan.value, bars) : plan;
    expect(run.series(nodeOf(formula, 'unusedLine'), 'value')).toEqual(
      series.ok ? series.value.get('unusedLine') : null,
    );
    expect((run.series(nodeOf(formula, 'bands'), 'upper') as Float64Array)[199]).toBeGreaterThan(
      (run.series(nodeOf(formula, 'bands'), 'lower') as Float64Array)[199] ?? 0,
    );
    const position = Object.entries(formula.nodes).find(([, node]) => node.block === 'position')?.[0] ?? '';
    const [trade] = run.result.trades;
    expect((run.series(position, 'bars') as Float64Array)[(trade?.entryBar ?? 0) + 3]).toBe(3);
  });

  test('an edit computes what depends on it and nothing else', () => {
    const preview = new Preview(bars);
    const first = runOf(preview, parse(CROSS).formula);
    expect(first.reused).toBe(0);
    // What depends on the position can't be kept.
    const always = runOf(preview, parse(CROSS).formula).computed;
    const bandsOnly = runOf(preview, parse(CROSS.replace('bbands(close, 10)', 'bbands(close, 12)')).formula);
    expect(bandsOnly.computed - always).toBe(3);
    expect(
      runOf(
        preview,
        parse(CROSS.replaceAll('slowLine', 'lazyLine').replace('bbands(close, 10)', 'bbands(close, 12)')).formula,
      ).computed,
    ).toBe(always);
  });

  test('a formula with errors is refused with all of them, and the next one that is right runs', () => {
    const preview = new Preview(bars);
    const wrong = preview.run(parse('buy(when: close > sma(close, 0))\nsell(when: 3)').formula, DEFAULT_SETTINGS);
    expect(wrong).toMatchObject({
      ok: false,
      error: { kind: 'errors', diagnostics: [{ code: 'range' }, { code: 'type' }] },
    });
    expect(preview.run(parse('x = feed("NOPE")\nbuy(when: close > x.close)').formula, DEFAULT_SETTINGS)).toMatchObject({
      ok: false,
      error: { kind: 'feed', message: /NOPE/ },
    });
    expect(runOf(preview, parse(CROSS).formula).result.trades.length).toBeGreaterThan(0);
  });
});
