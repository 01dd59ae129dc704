import type { Signal } from '#core/engine/outcome/backtest-result.ts';
import { matchTrades, type TradeFacts, type TradeMatches } from './match-trades.ts';

/** What a run did, bar by bar. */
export interface RunFacts<T extends TradeFacts> {
  /** Money at each bar's close. */
  readonly equity: ArrayLike<number>;
  readonly trades: readonly T[];
  readonly signals: readonly Pick<Signal, 'bar' | 'kind' | 'note'>[];
}

/** What two runs over the same bars did differently. */
export interface BehaviourDifference<T extends TradeFacts> {
  /** The first bar at whose close the two had other equity, gave another signal or had closed another trade. */
  readonly firstBar: number | null;
  readonly trades: TradeMatches<T>;
  /** How many signals only one of them gave. */
  readonly signals: { readonly onlyBefore: number; readonly onlyAfter: number };
}

/**
 * Compares two runs over the same bars with the same settings. Up to `firstBar` both are the same in all that anybody
 * could have seen of them. Null where the runs have not as many bars: they are not of the same bars then.
 */
export function compareRuns<T extends TradeFacts>(
  before: RunFacts<T>,
  after: RunFacts<T>,
): BehaviourDifference<T> | null {
  if (before.equity.length !== after.equity.length) return null;
  const trades = matchTrades(before.trades, after.trades);
  const signals = signalsOnlyIn(before.signals, after.signals);
  const bars = [
    firstOtherValue(before.equity, after.equity),
    signals.firstBar,
    ...[...trades.onlyBefore, ...trades.onlyAfter].map(({ exitBar }) => exitBar),
    ...trades.changed.map((pair) => Math.min(pair.before.exitBar, pair.after.exitBar)),
  ];
  const first = bars.reduce((least, bar) => Math.min(least, bar), Infinity);
  return {
    firstBar: first === Infinity ? null : first,
    trades,
    signals: { onlyBefore: signals.onlyBefore, onlyAfter: signals.onlyAfter },
  };
}

/** Infinity where there is none. Values that are none are the same as one another. */
function firstOtherValue(a: ArrayLike<number>, b: ArrayLike<number>): number {
  for (let bar = 0; bar < a.length; bar += 1) {
    const [was = Number.NaN, is = Number.NaN] = [a[bar], b[bar]];
    if (was !== is && !(Number.isNaN(was) && Number.isNaN(is))) return bar;
  }
  return Infinity;
}

type Told = RunFacts<TradeFacts>['signals'];

function signalsOnlyIn(before: Told, after: Told) {
  const open = new Map<string, { readonly bar: number; count: number }>();
  const count = (signals: Told, by: 1 | -1): void => {
    for (const { bar, kind, note } of signals) {
      const key = JSON.stringify([bar, kind, note]);
      const known = open.get(key) ?? { bar, count: 0 };
      known.count += by;
      open.set(key, known);
    }
  };
  count(before, 1);
  count(after, -1);
  let [firstBar, onlyBefore, onlyAfter] = [Infinity, 0, 0];
  for (const { bar, count: left } of open.values()) {
    if (left === 0) continue;
    firstBar = Math.min(firstBar, bar);
    onlyBefore += Math.max(0, left);
    onlyAfter += Math.max(0, -left);
  }
  return { firstBar, onlyBefore, onlyAfter };
}
