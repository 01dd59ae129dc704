import type { Bars } from '#core/market/bars.ts';
import type { Trade } from '../outcome/backtest-result.ts';

/** How the trades came about: entries of one fill each, without slippage. */
export interface PathQuestion {
  readonly bars: Bars;
  readonly trades: readonly Trade[];
  /** Whether entries wait for a limit. Else they are market orders. */
  readonly byLimit: boolean;
  readonly fill: 'open' | 'close';
}

interface Fill {
  readonly price: number;
  readonly kind: 'entry' | 'exit';
  readonly trade: Trade;
}

type Range = readonly [low: number, high: number];

const EVERYTHING: Range = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
const NEAR = 1e-9;

const isIn = (price: number, [low, high]: Range): boolean => price >= low * (1 - NEAR) && price <= high * (1 + NEAR);
const signOf = ({ side }: Trade): 1 | -1 => (side === 'long' ? 1 : -1);

/** All prices that a trade has seen lie there, by its excursions. */
function rangeOf(trade: Trade): Range {
  const { entryPrice, mae, mfe } = trade;
  return signOf(trade) > 0
    ? [entryPrice * (1 + mae), entryPrice * (1 + mfe)]
    : [entryPrice * (1 - mfe), entryPrice * (1 - mae)];
}

/**
 * Why no price could have gone through a bar, from its open to its close, so that it makes all the fills of that bar in
 * their order and shows each trade no more than its excursions tell; null when some could. Written from what a market
 * is, not from the engine's rules.
 */
export function whyNoPath({ bars, trades, byLimit, fill }: PathQuestion): string | null {
  for (let bar = 0; bar < bars.length; bar += 1) {
    const fills = trades.flatMap((trade): Fill[] => [
      ...(trade.entryBar === bar ? [{ price: trade.entryPrice, kind: 'entry' as const, trade }] : []),
      ...(trade.exitBar === bar ? [{ price: trade.exitPrice, kind: 'exit' as const, trade }] : []),
    ]);
    const held = trades.find(({ entryBar, exitBar }) => entryBar < bar && exitBar >= bar);
    const why = whyNoPathThrough(
      {
        open: bars.open[bar] ?? NaN,
        high: bars.high[bar] ?? NaN,
        low: bars.low[bar] ?? NaN,
        close: bars.close[bar] ?? NaN,
      },
      fills,
      held,
      byLimit,
      fill,
    );
    if (why !== null) return `bar ${bar}: ${why}`;
  }
  for (const trade of trades) {
    const why = whyNotSeen(trade, bars, byLimit);
    if (why !== null) return `the trade of bar ${trade.entryBar}: ${why}`;
  }
  return null;
}

interface OneBar {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

function whyNoPathThrough(
  { open, high, low, close }: OneBar,
  fills: readonly Fill[],
  held: Trade | undefined,
  byLimit: boolean,
  mode: 'open' | 'close',
): string | null {
  const outside = fills.find(({ price }) => !isIn(price, [low, high]));
  if (outside) return `${outside.price} was not traded`;
  // What fills at the open before anything else does so at once; with fill "close" what market orders lead to is the
  // last.
  const isAtClose = ({ price, kind, trade }: Fill): boolean =>
    mode === 'close' &&
    !byLimit &&
    price === close &&
    (kind === 'entry' || trade.reason === 'signal' || trade.reason === 'reversed' || trade !== held);
  const first = fills.findIndex((fill) => fill.price !== open || isAtClose(fill));
  const atOpen = first < 0 ? fills.length : first;
  const last = fills.findLastIndex((fill) => !isAtClose(fill)) + 1;
  let holding = held;
  let at = open;
  let [sawHigh, sawLow] = [false, false];
  for (let index = 0; index <= fills.length; index += 1) {
    const next = fills[index];
    const to = next?.price ?? close;
    const range = holding ? rangeOf(holding) : EVERYTHING;
    // A limit that waits is filled as soon as the price is there: before, the price was never beyond.
    const isLimit = byLimit && next?.kind === 'entry' && next.price !== open;
    const before: Range =
      isLimit && next
        ? signOf(next.trade) > 0
          ? [next.price, Number.POSITIVE_INFINITY]
          : [0, next.price]
        : EVERYTHING;
    if (![at, to].every((price) => isIn(price, range) && isIn(price, before)))
      return `between ${at} and ${to} the price left what the trade has seen`;
    const hasTime = index >= atOpen && index <= last;
    if (hasTime && isIn(high, range) && isIn(high, before)) sawHigh = true;
    if (hasTime && isIn(low, range) && isIn(low, before)) sawLow = true;
    at = to;
    if (next) holding = next.kind === 'entry' ? next.trade : undefined;
  }
  if (!sawHigh) return `there is no place for its high of ${high}`;
  return sawLow ? null : `there is no place for its low of ${low}`;
}

/**
 * The bars between entry and exit are seen whole; behind a limit within a bar its good side is not, but for the close;
 * and no stop leaves a bar's entry with a gain.
 */
function whyNotSeen(trade: Trade, bars: Bars, byLimit: boolean): string | null {
  const { entryBar, exitBar, entryPrice, exitPrice, reason } = trade;
  const sign = signOf(trade);
  const range = rangeOf(trade);
  for (let bar = entryBar + 1; bar < exitBar; bar += 1)
    if (!isIn(bars.high[bar] ?? NaN, range) || !isIn(bars.low[bar] ?? NaN, range)) return `it has not seen bar ${bar}`;
  if (entryBar === exitBar && (reason === 'stop' || reason === 'trail') && (exitPrice - entryPrice) * sign > 0)
    return `a ${reason} has won`;
  const isWithin = byLimit && entryPrice !== bars.open[entryBar];
  if (!isWithin) return null;
  const best = sign > 0 ? bars.high : bars.low;
  const seen = [
    entryPrice,
    exitPrice,
    ...(exitBar > entryBar ? [bars.close[entryBar] ?? NaN] : []),
    ...best.subarray(entryBar + 1, exitBar + 1),
  ];
  const most = sign > 0 ? Math.max(...seen) : Math.min(...seen);
  // A target behind the fill is reached on the way to the close at the latest.
  return (range[sign > 0 ? 1 : 0] - Math.max(most * sign, (bars.close[entryBar] ?? NaN) * sign) * sign) * sign >
    NEAR * most
    ? 'it has seen what was before its fill'
    : null;
}
