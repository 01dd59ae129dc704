import type { Bars } from '#core/market/bars.ts';
import type { BarRange, PlotLine } from './plot.ts';

export interface Extent {
  readonly low: number;
  readonly high: number;
}

const NOTHING: Extent = { low: Number.POSITIVE_INFINITY, high: Number.NEGATIVE_INFINITY };

/** The least and the largest value within a range of bars; `low` above `high` where there is none. */
export function extentOf(values: Float64Array, { from, to }: BarRange): Extent {
  let { low, high } = NOTHING;
  for (let bar = from; bar < to; bar += 1) {
    const value = values[bar] ?? Number.NaN;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low, high };
}

export const union = (extents: readonly Extent[]): Extent =>
  extents.reduce((a, b) => ({ low: Math.min(a.low, b.low), high: Math.max(a.high, b.high) }), NOTHING);

export const span = ({ low, high }: Extent): number => Math.max(0, high - low);

/** Series whose spans differ by more than this do not share a scale: the smaller would be a flat line. */
const MOST_TIMES = 8;

/**
 * Which series are drawn over the prices and which in panes below. A series is at home on the prices' scale when it
 * stays within their span extended by half of it on either side: averages and bands do, oscillators and volumes do not.
 */
export function sortByScale(
  lines: readonly PlotLine[],
  bars: Bars,
  window: BarRange,
): { overlays: PlotLine[]; panes: PlotLine[][] } {
  const prices = union([extentOf(bars.low, window), extentOf(bars.high, window)]);
  const slack = span(prices) / 2;
  const overlays: PlotLine[] = [];
  const panes: { lines: PlotLine[]; extent: Extent }[] = [];
  for (const line of lines) {
    const extent = extentOf(line.values, window);
    const isPrice = extent.low <= extent.high && extent.low >= prices.low - slack && extent.high <= prices.high + slack;
    const pane = panes.find((other) => fitTogether(other.extent, extent));
    if (isPrice) overlays.push(line);
    else if (pane) {
      pane.lines.push(line);
      pane.extent = union([pane.extent, extent]);
    } else panes.push({ lines: [line], extent });
  }
  return { overlays, panes: panes.map((pane) => pane.lines) };
}

function fitTogether(a: Extent, b: Extent): boolean {
  const least = Math.min(span(a), span(b));
  return least > 0 && span(union([a, b])) <= MOST_TIMES * least;
}
