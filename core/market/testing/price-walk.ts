import type { BarColumn, Bars } from '../bars.ts';

/** The same numbers from 0 to 1 for the same seed. */
export function numbersOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface Walk {
  readonly time: Float64Array;
  /** How far prices usually move within a bar, as a fraction. */
  readonly move: number;
  /** How much they rise at each bar. */
  readonly rise?: number;
  readonly begin?: number;
  readonly seed: number;
}

/** Prices with the wide tails of markets (of three degrees of freedom), which go on while the market is closed. */
export function priceWalk({ time, move, rise = 0, begin = 100, seed }: Walk): Pick<Bars, BarColumn | 'length'> {
  const next = numbersOf(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const wide = (): number => normal() / Math.sqrt((normal() ** 2 + normal() ** 2 + normal() ** 2) / 3) / Math.sqrt(3);
  const one = time.reduce(
    (least, at, bar) => (bar === 0 ? least : Math.min(least, at - (time[bar - 1] ?? 0))),
    Number.POSITIVE_INFINITY,
  );
  const [open, high, low, close] = [time, time, time, time].map(() => new Float64Array(time.length));
  let price = begin;
  time.forEach((at, bar) => {
    const away = bar === 0 ? 0 : (at - (time[bar - 1] ?? 0)) / one - 1;
    const opened = price * Math.exp(move * (0.2 * wide() + 0.5 * Math.sqrt(away) * wide()));
    const closed = opened * Math.exp(rise + move * wide());
    const above = Math.exp(move * 0.5 * Math.abs(normal()));
    const below = Math.exp(-move * 0.5 * Math.abs(normal()));
    if (open) open[bar] = opened;
    if (close) close[bar] = closed;
    if (high) high[bar] = Math.max(opened, closed) * above;
    if (low) low[bar] = Math.min(opened, closed) * below;
    price = closed;
  });
  const none = new Float64Array(0);
  return {
    length: time.length,
    time,
    open: open ?? none,
    high: high ?? none,
    low: low ?? none,
    close: close ?? none,
    volume: new Float64Array(time.length),
  };
}

type Columns = Pick<Bars, BarColumn | 'length'>;

export function partOf(bars: Columns, from: number, to: number): Columns {
  const { time, open, high, low, close, volume } = bars;
  const cut = (column: Float64Array): Float64Array => column.slice(from, to);
  return {
    length: Math.max(0, Math.min(to, bars.length) - from),
    time: cut(time),
    open: cut(open),
    high: cut(high),
    low: cut(low),
    close: cut(close),
    volume: cut(volume),
  };
}

/** The same bars with prices of so many times as much, so much later. */
export function changed(
  bars: Columns,
  { times = 1, later = 0 }: { readonly times?: number; readonly later?: number },
): Columns {
  const scaled = (column: Float64Array): Float64Array => column.map((price) => price * times);
  return {
    ...bars,
    time: bars.time.map((at) => at + later),
    open: scaled(bars.open),
    high: scaled(bars.high),
    low: scaled(bars.low),
    close: scaled(bars.close),
  };
}
