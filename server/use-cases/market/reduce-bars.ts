import type { Bars } from '#core/market/bars.ts';

type Columns = Pick<Bars, 'length' | 'time' | 'open' | 'high' | 'low' | 'close' | 'volume'>;

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

export interface BarReducer {
  /** The next bars, in order. */
  add(bars: Columns): void;
  end(): BarLists;
}

/**
 * At most `maxPoints` entries for `length` bars, which come in pieces: neighbours are put together into one bar, so
 * that no high or low is lost.
 */
export function reduceBars(length: number, maxPoints: number): BarReducer {
  const reducedBy = Math.max(1, Math.ceil(length / maxPoints));
  const lists: BarLists = { time: [], open: [], high: [], low: [], close: [], volume: [], reducedBy };
  let inEntry = 0;
  return {
    add: (bars) => {
      for (let bar = 0; bar < bars.length; bar += 1) {
        const [high, low, volume] = [bars.high[bar] ?? NaN, bars.low[bar] ?? NaN, bars.volume[bar] ?? NaN];
        const entry = lists.time.length - 1;
        if (inEntry === 0) {
          lists.time.push(bars.time[bar] ?? NaN);
          lists.open.push(bars.open[bar] ?? NaN);
          lists.high.push(high);
          lists.low.push(low);
          lists.close.push(bars.close[bar] ?? NaN);
          lists.volume.push(volume);
        } else {
          lists.high[entry] = Math.max(lists.high[entry] ?? NaN, high);
          lists.low[entry] = Math.min(lists.low[entry] ?? NaN, low);
          lists.close[entry] = bars.close[bar] ?? NaN;
          lists.volume[entry] = (lists.volume[entry] ?? NaN) + volume;
        }
        inEntry = (inEntry + 1) % reducedBy;
      }
    },
    end: () => lists,
  };
}

/** The same of bars that are all there. */
export function reduceAll(bars: Columns, maxPoints: number): BarLists {
  const reducer = reduceBars(bars.length, maxPoints);
  reducer.add(bars);
  return reducer.end();
}
