import { compareRuns, type BehaviourDifference } from '#core/behaviour/compare-runs.ts';
import type { TradeDifference } from '#core/behaviour/match-trades.ts';
import type { Signal, Trade } from '#core/engine/outcome/backtest-result.ts';
import { reduceRun, type ReducedRun } from '#core/engine/outcome/reduce-run.ts';
import { columnsOfTrades, type TradeColumns } from '#core/engine/outcome/trade-columns.ts';

/** A result as it is stored: lists are JSON, which is parsed where nobody waits. */
export interface StoredResult {
  readonly trades: string;
  readonly signals: string;
  readonly equity: Float64Array;
}

export interface TwoResults {
  readonly first: StoredResult;
  readonly second: StoredResult;
  /** When the bars open. */
  readonly barTimes: Float64Array;
  readonly mostPoints: number;
  /** Trades of a group that are shown. */
  readonly mostShown: number;
}

interface Group {
  readonly count: number;
  readonly trades: TradeColumns;
}

export interface ComparedResults extends Pick<BehaviourDifference<Trade>, 'firstBar' | 'signals'> {
  /** The first as `drawdown`, the second as `benchmark`, their difference as `equity`. */
  readonly curves: ReducedRun;
  readonly sameCount: number;
  readonly changed: {
    readonly count: number;
    readonly before: TradeColumns;
    readonly after: TradeColumns;
    readonly differs: readonly TradeDifference[][];
  };
  readonly onlyBefore: Group;
  readonly onlyAfter: Group;
}

/** What two results of the same bars differ in; null where they are not of these bars. */
export function compareResults({ first, second, barTimes, mostPoints, mostShown }: TwoResults): ComparedResults | null {
  const found = compareRuns(factsOf(first), factsOf(second));
  if (!found || first.equity.length !== barTimes.length) return null;
  const { trades, firstBar, signals } = found;
  const shown = (some: readonly Trade[]): TradeColumns => columnsOfTrades(some.slice(0, mostShown));
  const groupOf = (some: readonly Trade[]): Group => ({ count: some.length, trades: shown(some) });
  // Where the two are farthest apart is among the points.
  const difference = second.equity.map((value, bar) => value - (first.equity[bar] ?? Number.NaN));
  return {
    firstBar,
    signals,
    curves: reduceRun(
      { time: barTimes, equity: difference, drawdown: first.equity, benchmark: second.equity },
      mostPoints,
    ),
    sameCount: trades.same.length,
    changed: {
      count: trades.changed.length,
      before: shown(trades.changed.slice(0, mostShown).map((pair) => pair.before)),
      after: shown(trades.changed.slice(0, mostShown).map((pair) => pair.after)),
      differs: trades.changed.slice(0, mostShown).map(({ differs }) => [...differs]),
    },
    onlyBefore: groupOf(trades.onlyBefore),
    onlyAfter: groupOf(trades.onlyAfter),
  };
}

/** The house has written both. */
const factsOf = ({ trades, signals, equity }: StoredResult) => ({
  equity,
  trades: JSON.parse(trades) as Trade[],
  signals: JSON.parse(signals) as Signal[],
});
