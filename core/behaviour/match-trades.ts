import type { ShownTrade } from '#core/engine/outcome/trade-columns.ts';

/** What of a trade tells it from another. */
export type TradeFacts = Pick<
  ShownTrade,
  'side' | 'units' | 'entryBar' | 'entryPrice' | 'exitBar' | 'exitPrice' | 'reason'
>;

/** What two trades that are the same trade made differently differ in. */
export type TradeDifference = 'entry' | 'exit' | 'price' | 'size' | 'reason';

export interface ChangedTrade<T> {
  readonly before: T;
  readonly after: T;
  readonly differs: readonly TradeDifference[];
}

/** The trades of two runs: each trade is in exactly one of the four. In the order of their entries. */
export interface TradeMatches<T> {
  readonly same: readonly T[];
  readonly changed: readonly ChangedTrade<T>[];
  readonly onlyBefore: readonly T[];
  readonly onlyAfter: readonly T[];
}

type Pair<T> = readonly [before: T, after: T];

/**
 * Which trades of two runs over the same bars are the same. First those that agree in all; then, of what is left,
 * those of one side that were opened at the same bar, in the order of their ends; then those of one side that were
 * open at the same time, in the order of their entries. A trade that ends at the bar where another begins was not open
 * with that other trade: a position that is closed and opened again is two trades. Whichever run comes first, the
 * pairs are the same. Time grows with the number of trades, and its logarithm.
 */
export function matchTrades<T extends TradeFacts>(before: readonly T[], after: readonly T[]): TradeMatches<T> {
  const equal = pairBy(before, after, (trade) =>
    [trade.side, trade.entryBar, trade.exitBar, trade.entryPrice, trade.exitPrice, trade.units, trade.reason].join(' '),
  );
  const opened = pairBy(equal.left[0], equal.left[1], ({ side, entryBar }) => `${side} ${entryBar}`);
  const [overlapping, left] = pairOverlapping(opened.left);
  return {
    same: inOrder(equal.pairs.map(([trade]) => trade)),
    changed: [...opened.pairs, ...overlapping]
      .map(([was, is]) => ({ before: was, after: is, differs: differencesOf(was, is) }))
      .toSorted((a, b) => firstEntry(a) - firstEntry(b)),
    onlyBefore: inOrder(left[0]),
    onlyAfter: inOrder(left[1]),
  };
}

const firstEntry = ({ before, after }: { readonly before: TradeFacts; readonly after: TradeFacts }): number =>
  Math.min(before.entryBar, after.entryBar);

const byEntry = (a: TradeFacts, b: TradeFacts): number => a.entryBar - b.entryBar || a.exitBar - b.exitBar;

const inOrder = <T extends TradeFacts>(trades: readonly T[]): readonly T[] => trades.toSorted(byEntry);

interface Paired<T> {
  readonly pairs: readonly Pair<T>[];
  readonly left: readonly [before: readonly T[], after: readonly T[]];
}

/** Pairs trades of one key, the first with the first. */
function pairBy<T extends TradeFacts>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (trade: T) => string,
): Paired<T> {
  const waiting = Map.groupBy(inOrder(before), keyOf);
  const pairs: Pair<T>[] = [];
  const left: T[] = [];
  const taken = new Map<string, number>();
  for (const trade of inOrder(after)) {
    const key = keyOf(trade);
    const place = taken.get(key) ?? 0;
    const match = waiting.get(key)?.[place];
    if (match === undefined) left.push(trade);
    else {
      pairs.push([match, trade]);
      taken.set(key, place + 1);
    }
  }
  const unmatched = [...waiting].flatMap(([key, trades]) => trades.slice(taken.get(key) ?? 0));
  return { pairs, left: [unmatched, left] };
}

/** Pairs trades of one side that were open at one time: the earliest of each that meet. */
function pairOverlapping<T extends TradeFacts>(
  left: Paired<T>['left'],
): readonly [readonly Pair<T>[], Paired<T>['left']] {
  const pairs: Pair<T>[] = [];
  const alone: [T[], T[]] = [[], []];
  for (const side of ['long', 'short'] as const) {
    const [a, b] = left.map((trades) => inOrder(trades.filter((trade) => trade.side === side)));
    let [i, j] = [0, 0];
    for (;;) {
      const [was, is] = [a?.[i], b?.[j]];
      if (was === undefined || is === undefined) break;
      if (was.entryBar < is.exitBar && is.entryBar < was.exitBar) {
        pairs.push([was, is]);
        i += 1;
        j += 1;
      } else if (was.exitBar <= is.entryBar) {
        alone[0].push(was);
        i += 1;
      } else {
        alone[1].push(is);
        j += 1;
      }
    }
    alone[0].push(...(a ?? []).slice(i));
    alone[1].push(...(b ?? []).slice(j));
  }
  return [pairs, alone];
}

function differencesOf(a: TradeFacts, b: TradeFacts): readonly TradeDifference[] {
  const found: TradeDifference[] = [];
  if (a.entryBar !== b.entryBar) found.push('entry');
  if (a.exitBar !== b.exitBar) found.push('exit');
  // At another bar the price is another by itself.
  if (
    (a.entryBar === b.entryBar && a.entryPrice !== b.entryPrice) ||
    (a.exitBar === b.exitBar && a.exitPrice !== b.exitPrice)
  )
    found.push('price');
  if (a.units !== b.units) found.push('size');
  if (a.reason !== b.reason) found.push('reason');
  return found;
}
