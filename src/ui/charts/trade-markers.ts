import type { SeriesMarker, UTCTimestamp } from 'lightweight-charts';
import type { Palette } from './palette.ts';
import { chartTime } from './use-chart.ts';

export interface ChartTrade {
  readonly side: 'long' | 'short';
  readonly entryTime: number;
  readonly exitTime: number;
  readonly entryPrice: number;
  readonly exitPrice: number;
  readonly net: number;
}

/** Pixels that the words of one trade take. */
const WORDS_WIDTH = 56;

/** Whether there is room for words at so many trades, on a chart of so many pixels. */
export const areWorded = (count: number, width: number): boolean => count * WORDS_WIDTH <= width;

/**
 * The trades whose words are read: each within the chart, and apart from those before. `placeOf` gives the pixel of a
 * time; null of one that is not on the chart.
 */
export function readable<T extends ChartTrade>(
  trades: readonly T[],
  placeOf: (time: number) => number | null,
  width: number,
): ReadonlySet<ChartTrade> {
  const worded = new Set<ChartTrade>();
  let last = Number.NEGATIVE_INFINITY;
  for (const trade of trades.toSorted((a, b) => a.exitTime - b.exitTime)) {
    const place = placeOf(trade.exitTime);
    if (place === null || place < WORDS_WIDTH / 2 || place > width - WORDS_WIDTH / 2 || place - last < WORDS_WIDTH)
      continue;
    worded.add(trade);
    last = place;
  }
  return worded;
}

/** Those of which something lies in the range. */
export const tradesWithin = <T extends ChartTrade>(
  trades: readonly T[],
  { from, to }: { readonly from: number; readonly to: number },
): readonly T[] => trades.filter(({ entryTime, exitTime }) => exitTime >= from && entryTime <= to);

/** The marks of trades, as the chart wants them, in the order of time. */
export const markersOf = (
  trades: readonly ChartTrade[],
  palette: Palette,
  worded: boolean | ReadonlySet<ChartTrade>,
): SeriesMarker<UTCTimestamp>[] =>
  trades
    .flatMap((trade) => arrowsOf(trade, palette, typeof worded === 'boolean' ? worded : worded.has(trade)))
    .sort((a, b) => a.time - b.time);

/** An arrow in the direction of each fill; with `worded`, what the trade brought stands at its end. */
function arrowsOf(
  { side, entryTime, exitTime, net }: ChartTrade,
  palette: Palette,
  worded: boolean,
): SeriesMarker<UTCTimestamp>[] {
  const isLong = side === 'long';
  const below = { position: 'belowBar', shape: 'arrowUp' } as const;
  const above = { position: 'aboveBar', shape: 'arrowDown' } as const;
  return [
    { time: chartTime(entryTime), ...(isLong ? below : above), color: palette['thread-1'], size: 1 },
    {
      time: chartTime(exitTime),
      ...(isLong ? above : below),
      color: net >= 0 ? palette.up : palette.down,
      size: 1,
      ...(worded
        ? { text: `${net >= 0 ? '+' : '−'}${Math.abs(net).toLocaleString('en-US', { maximumFractionDigits: 0 })}` }
        : {}),
    },
  ];
}

/** Pixels that one arrow takes. */
const ARROW_WIDTH = 11;

/**
 * The same marks, those that would cover each other as one: a dot stands for several that are nearer than an arrow is
 * wide, on the same side of the prices. `marks` are in the order of time, and so is what is given.
 */
export function apart(
  marks: readonly SeriesMarker<UTCTimestamp>[],
  placeOf: (time: UTCTimestamp) => number | null,
  color: string,
): SeriesMarker<UTCTimestamp>[] {
  const shown: SeriesMarker<UTCTimestamp>[] = [];
  const lastOf = new Map<string, { readonly index: number; readonly place: number }>();
  for (const mark of marks) {
    const place = placeOf(mark.time);
    const last = lastOf.get(mark.position);
    if (place !== null && last && place - last.place < ARROW_WIDTH) {
      shown[last.index] = { ...(shown[last.index] ?? mark), text: '', shape: 'circle', color, size: 0.7 };
      continue;
    }
    if (place !== null) lastOf.set(mark.position, { index: shown.length, place });
    shown.push(mark);
  }
  return shown;
}
