import type { Bars } from '#core/market/bars.ts';
import type { BarRange } from './plot.ts';

const USUAL_BARS = 180;
/** A fall, a recovery and a quiet stretch of the S&P 500. */
const USUAL_START = Date.UTC(2018, 8, 4);

/** The bars that a plot shows unless what it is about happened elsewhere; the last ones of prices that end before. */
export function usualWindow({ time, length }: Bars): BarRange {
  const start = time.findIndex((at) => at >= USUAL_START);
  const from = Math.max(0, Math.min(start < 0 ? length : start, length - USUAL_BARS));
  return { from, to: Math.min(length, from + USUAL_BARS) };
}

/** As many of the last bars of a window as there is room for. */
export const narrowed = ({ from, to }: BarRange, most: number): BarRange => ({
  from: Math.max(from, to - Math.max(1, Math.floor(most))),
  to,
});

/** So many bars with one of them at two thirds, shifted to where there are bars. */
export function windowAround({ length }: Bars, bar: number, width: number): BarRange {
  const from = Math.max(0, Math.min(bar - Math.round((width * 2) / 3), length - width));
  return { from, to: Math.min(length, from + width) };
}
