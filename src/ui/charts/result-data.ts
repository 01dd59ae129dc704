import { indexFrom } from '#core/market/index-from.ts';

/** Bars as plain lists; times are UTC milliseconds. */
export interface ChartBars {
  readonly time: readonly number[];
  readonly open: readonly number[];
  readonly high: readonly number[];
  readonly low: readonly number[];
  readonly close: readonly number[];
}

/** What a run is drawn of: bars, and curves with one value a time of `time`. */
export interface ResultData {
  readonly bars: ChartBars;
  readonly time: readonly number[];
  readonly equity: readonly number[];
  readonly benchmark: readonly number[];
  readonly drawdown: readonly number[];
}

/** The whole, with a part of it replaced by finer data of the same time. */
export function withDetail(whole: ResultData, detail: ResultData | null): ResultData {
  if (!detail || detail.bars.time.length === 0) return whole;
  const ofBars = splice(whole.bars.time, detail.bars.time);
  const ofCurves = splice(whole.time, detail.time);
  const { time, open, high, low, close } = whole.bars;
  return {
    bars: {
      time: ofBars(time, detail.bars.time),
      open: ofBars(open, detail.bars.open),
      high: ofBars(high, detail.bars.high),
      low: ofBars(low, detail.bars.low),
      close: ofBars(close, detail.bars.close),
    },
    time: ofCurves(whole.time, detail.time),
    equity: ofCurves(whole.equity, detail.equity),
    benchmark: ofCurves(whole.benchmark, detail.benchmark),
    drawdown: ofCurves(whole.drawdown, detail.drawdown),
  };
}

/** How columns over `whole` take those over `part` in, by their times. */
function splice(
  whole: readonly number[],
  part: readonly number[],
): (column: readonly number[], finer: readonly number[]) => number[] {
  const start = indexFrom(whole, part[0] ?? Infinity);
  const end = indexFrom(whole, (part.at(-1) ?? -Infinity) + 1);
  return (column, finer) => [...column.slice(0, start), ...finer, ...column.slice(Math.max(start, end))];
}
