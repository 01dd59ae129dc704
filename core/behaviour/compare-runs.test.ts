import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backtest } from '#core/engine/backtest.ts';
import type { BacktestResult } from '#core/engine/outcome/backtest-result.ts';
import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import { compile } from '#core/engine/plan/compile.ts';
import { arbitraryBars } from '#core/engine/testing/bars.ts';
import { parse } from '#core/formula/language/parse.ts';
import { SCALE } from '#core/formula/testing/scale.ts';
import type { Bars } from '#core/market/bars.ts';
import { compareRuns } from './compare-runs.ts';
import { matchTrades, type TradeFacts } from './match-trades.ts';

const LENGTH = 120;

interface Strategy {
  readonly fast: number;
  readonly slow: number;
  readonly size: string;
  readonly stop: string;
  readonly note: string;
}

const strategy: fc.Arbitrary<Strategy> = fc.record({
  fast: fc.integer({ min: 2, max: 6 }),
  slow: fc.integer({ min: 5, max: 20 }),
  size: fc.constantFrom('100%', '50%', 'units(3)'),
  stop: fc.constantFrom('', ', stop: 2%', ', target: 3%, adds: 2'),
  note: fc.constantFrom(
    '',
    'info(when: close > open)\n',
    'short(when: rsi(close, 5) > 80)\ncover(when: close < sma(close, 5))\n',
  ),
});

const codeOf = ({ fast, slow, size, stop, note }: Strategy): string => `a = sma(close, ${fast})
b = sma(close, ${slow})
buy(when: a > b, size: ${size}${stop})
sell(when: a < b)
${note}`;

const settings = { ...DEFAULT_SETTINGS, closeAtEnd: false };

function run(of: Strategy, bars: Bars): BacktestResult {
  const compiled = compile(parse(codeOf(of)).formula);
  if (!compiled.ok) throw new Error('the strategy does not compile');
  const result = backtest(compiled.value, bars, settings);
  if (!result.ok) throw new Error('the run did not end');
  return result.value;
}

const NOTHING: Pick<BacktestResult, 'equity' | 'trades' | 'signals'> = {
  equity: new Float64Array(),
  trades: [],
  signals: [],
};

const cut = (bars: Bars, length: number): Bars => ({
  ...bars,
  length,
  time: bars.time.slice(0, length),
  open: bars.open.slice(0, length),
  high: bars.high.slice(0, length),
  low: bars.low.slice(0, length),
  close: bars.close.slice(0, length),
  volume: bars.volume.slice(0, length),
});

const factsOf = ({ side, units, entryBar, entryPrice, exitBar, exitPrice, reason }: TradeFacts): string =>
  JSON.stringify([side, units, entryBar, entryPrice, exitBar, exitPrice, reason]);

const pairs = fc.tuple(strategy, fc.oneof(strategy, fc.constant(null))).map(([a, b]) => [a, b ?? a] as const);
const runs = fc.tuple(pairs, arbitraryBars(LENGTH));
const options = { numRuns: Math.round(150 * SCALE) };

test('a run does not differ from itself', () => {
  fc.assert(
    fc.property(strategy, arbitraryBars(LENGTH), (of, bars) => {
      const result = run(of, bars);
      const found = compareRuns(result, result);
      expect(found?.firstBar).toBeNull();
      expect(found?.trades).toEqual({ same: found?.trades.same, changed: [], onlyBefore: [], onlyAfter: [] });
      expect(found?.trades.same).toHaveLength(result.trades.length);
      expect(found?.signals).toEqual({ onlyBefore: 0, onlyAfter: 0 });
    }),
    options,
  );
});

test('before the first bar both are the same run, and at this bar they are not', () => {
  fc.assert(
    fc.property(runs, ([[a, b], bars]) => {
      const [before, after] = [run(a, bars), run(b, bars)];
      const found = compareRuns(before, after);
      const until = found?.firstBar ?? LENGTH;
      // Once more, on the bars up to there alone: whoever had stopped then could not have told the two apart.
      const [early, other] = until === 0 ? [NOTHING, NOTHING] : [run(a, cut(bars, until)), run(b, cut(bars, until))];
      expect([...early.equity]).toEqual([...other.equity]);
      expect(early.trades.map(factsOf).toSorted()).toEqual(other.trades.map(factsOf).toSorted());
      expect(early.signals.map(({ bar, kind }) => `${bar} ${kind}`)).toEqual(
        other.signals.map(({ bar, kind }) => `${bar} ${kind}`),
      );
      if (until === LENGTH) return;
      const at = (result: BacktestResult): string =>
        JSON.stringify([
          result.equity[until],
          result.signals.filter(({ bar }) => bar === until).map(({ kind, note }) => [kind, note]),
          result.trades
            .filter(({ exitBar }) => exitBar === until)
            .map(factsOf)
            .toSorted(),
        ]);
      expect(at(before)).not.toBe(at(after));
    }),
    options,
  );
});

test('each trade is in one group, and it makes no difference which run comes first', () => {
  fc.assert(
    fc.property(runs, ([[a, b], bars]) => {
      const [before, after] = [run(a, bars).trades, run(b, bars).trades];
      const { same, changed, onlyBefore, onlyAfter } = matchTrades(before, after);
      const sorted = (trades: readonly TradeFacts[]): string[] => trades.map(factsOf).toSorted();
      expect(sorted([...same, ...changed.map((pair) => pair.before), ...onlyBefore])).toEqual(sorted(before));
      expect(sorted([...same, ...changed.map((pair) => pair.after), ...onlyAfter])).toEqual(sorted(after));
      for (const { before: was, after: is, differs } of changed) {
        expect(was.side).toBe(is.side);
        expect(differs).not.toEqual([]);
        const wereOpenTogether = was.entryBar < is.exitBar && is.entryBar < was.exitBar;
        expect(wereOpenTogether || was.entryBar === is.entryBar).toBe(true);
      }
      const turned = matchTrades(after, before);
      expect(sorted(turned.onlyBefore)).toEqual(sorted(onlyAfter));
      expect(sorted(turned.onlyAfter)).toEqual(sorted(onlyBefore));
      expect(turned.changed.map((pair) => `${factsOf(pair.after)} ${factsOf(pair.before)}`).toSorted()).toEqual(
        changed.map((pair) => `${factsOf(pair.before)} ${factsOf(pair.after)}`).toSorted(),
      );
    }),
    options,
  );
});

const trade = (entryBar: number, exitBar: number, other: Partial<TradeFacts> = {}): TradeFacts => ({
  side: 'long',
  units: 1,
  entryBar,
  exitBar,
  entryPrice: 10,
  exitPrice: 11,
  reason: 'signal',
  ...other,
});

test('a trade is the same made differently when it was opened at the same bar, or was open at the same time', () => {
  const matches = matchTrades(
    [trade(1, 5), trade(10, 15), trade(20, 25), trade(40, 45)],
    [trade(1, 5), trade(10, 14), trade(22, 27), trade(60, 65), trade(40, 45, { side: 'short' })],
  );
  expect(matches.same).toEqual([trade(1, 5)]);
  expect(matches.changed.map(({ before, after, differs }) => [before.entryBar, after.entryBar, differs])).toEqual([
    [10, 10, ['exit']],
    [20, 22, ['entry', 'exit']],
  ]);
  expect(matches.onlyBefore).toEqual([trade(40, 45)]);
  expect(matches.onlyAfter.map(({ entryBar, side }) => [entryBar, side])).toEqual([
    [40, 'short'],
    [60, 'long'],
  ]);
});

test('a trade that ends where another begins was not open with it', () => {
  const matches = matchTrades([trade(1, 5), trade(8, 12)], [trade(5, 9)]);
  expect(matches.onlyBefore).toEqual([trade(1, 5)]);
  expect(matches.changed.map(({ before, after }) => [before.entryBar, after.entryBar])).toEqual([[8, 5]]);
  expect(matchTrades([trade(5, 9)], [trade(1, 5), trade(8, 12)]).onlyAfter).toEqual([trade(1, 5)]);
});

test('a trade that opens and closes in one bar is paired with a longer one around it alone', () => {
  expect(matchTrades([trade(5, 5)], [trade(3, 7)]).changed).toHaveLength(1);
  expect(matchTrades([trade(5, 5)], [trade(3, 5)])).toMatchObject({ changed: [], onlyBefore: [{}], onlyAfter: [{}] });
});

test('runs of other bars are not compared', () => {
  const none = { trades: [], signals: [] };
  expect(compareRuns({ ...none, equity: [1, 2] }, { ...none, equity: [1] })).toBeNull();
});
