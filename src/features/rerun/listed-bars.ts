import type { Bars, BarColumn, Timeframe } from '#core/market/bars.ts';

/** Bars as they come from the server, in plain lists. The page keeps and draws these; the worker gets columns. */
export type ListedBars = Readonly<Record<BarColumn, readonly number[]>> & {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly length: number;
  /** How many bars the whole market has a year; null where nobody knows. */
  readonly barsPerYear: number | null;
};

/** Columns of their own memory, made for whoever gets them. */
export const columnsOf = ({ symbol, timeframe, length, barsPerYear, ...lists }: ListedBars): Bars => ({
  symbol,
  timeframe,
  length,
  ...(barsPerYear === null ? {} : { barsPerYear }),
  time: Float64Array.from(lists.time),
  open: Float64Array.from(lists.open),
  high: Float64Array.from(lists.high),
  low: Float64Array.from(lists.low),
  close: Float64Array.from(lists.close),
  volume: Float64Array.from(lists.volume),
});
