import type { Bars } from '#core/market/bars.ts';

/** Bars as plain lists, for charts. */
export interface BarLists {
  readonly time: number[];
  readonly open: number[];
  readonly high: number[];
  readonly low: number[];
  readonly close: number[];
  readonly volume: number[];
  /** How many bars each entry stands for; 1 when nothing was left out. */
  readonly reducedBy: number;
}

/** At most `maxPoints` entries: neighbours are put together into one bar, so that no high or low is lost. */
export function reduceBars(bars: Bars, maxPoints: number): BarLists {
  const reducedBy = Math.max(1, Math.ceil(bars.length / maxPoints));
  const lists: BarLists = { time: [], open: [], high: [], low: [], close: [], volume: [], reducedBy };
  for (let start = 0; start < bars.length; start += reducedBy) {
    const end = Math.min(start + reducedBy, bars.length);
    let high = -Infinity;
    let low = Infinity;
    let volume = 0;
    for (let bar = start; bar < end; bar++) {
      high = Math.max(high, bars.high[bar] ?? NaN);
      low = Math.min(low, bars.low[bar] ?? NaN);
      volume += bars.volume[bar] ?? 0;
    }
    lists.time.push(bars.time[start] ?? NaN);
    lists.open.push(bars.open[start] ?? NaN);
    lists.high.push(high);
    lists.low.push(low);
    lists.close.push(bars.close[end - 1] ?? NaN);
    lists.volume.push(volume);
  }
  return lists;
}
