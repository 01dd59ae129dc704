import { BAR_COLUMNS, type BarColumn, type Bars } from './bars.ts';

type Columns = Pick<Bars, BarColumn>;
type Prices = Exclude<BarColumn, 'time'>;

/** Where known and given bars differ most. */
export interface Difference {
  /** Of the bar, UTC milliseconds. */
  readonly time: number;
  readonly column: Prices;
  readonly known: number;
  readonly given: number;
  /**
   * How far the given value is from the known one, as a fraction of the known one; Infinity where one of them is
   * missing or 0.
   */
  readonly by: number;
}

export interface MergedBars {
  /** Known and given bars in the order of time; of one time the given bar. */
  readonly bars: Columns & { readonly length: number };
  /** Times of known bars for which other values are given. */
  readonly changed: readonly number[];
  /** Times of given bars that are not known. */
  readonly added: readonly number[];
  /** Given bars that say what is known. */
  readonly agreeing: number;
  readonly largest: Difference | null;
}

interface MergeOptions {
  /** Whether the volumes that are given count: of a file without a volume the known ones stay. */
  readonly hasVolume: boolean;
}

const PRICES = BAR_COLUMNS.filter((name) => name !== 'time');

/** Puts given bars into known ones. Both are in order of time, each time once. Pure; O(bars). */
export function mergeBars(known: Columns, given: Columns, { hasVolume }: MergeOptions): MergedBars {
  const [knownCount, givenCount] = [known.time.length, given.time.length];
  const most = knownCount + givenCount;
  const merged = {
    time: new Float64Array(most),
    open: new Float64Array(most),
    high: new Float64Array(most),
    low: new Float64Array(most),
    close: new Float64Array(most),
    volume: new Float64Array(most),
  };
  const [changed, added]: [number[], number[]] = [[], []];
  let [agreeing, largest]: [number, Difference | null] = [0, null];
  let [length, at, next] = [0, 0, 0];
  const take = (from: Columns, bar: number): void => {
    for (const name of BAR_COLUMNS) merged[name][length] = from[name][bar] ?? Number.NaN;
    length += 1;
  };
  while (at < knownCount || next < givenCount) {
    const [now, time] = [known.time[at] ?? Number.POSITIVE_INFINITY, given.time[next] ?? Number.POSITIVE_INFINITY];
    if (now < time) {
      take(known, at);
      at += 1;
      continue;
    }
    take(given, next);
    if (time < now) {
      added.push(time);
    } else {
      if (!hasVolume) merged.volume[length - 1] = known.volume[at] ?? Number.NaN;
      const difference = differenceOf(known, at, merged, length - 1);
      if (difference) {
        changed.push(time);
        if (largest === null || difference.by > largest.by) largest = difference;
      } else {
        // The known one, to the bit.
        length -= 1;
        take(known, at);
        agreeing += 1;
      }
      at += 1;
    }
    next += 1;
  }
  const column = (name: BarColumn): Float64Array => merged[name].subarray(0, length);
  return {
    bars: {
      length,
      time: column('time'),
      open: column('open'),
      high: column('high'),
      low: column('low'),
      close: column('close'),
      volume: column('volume'),
    },
    changed,
    added,
    agreeing,
    largest,
  };
}

/**
 * The largest difference between two bars; null when they say the same. A missing value (NaN) is the same as another
 * missing one, and 0 as -0.
 */
function differenceOf(known: Columns, at: number, given: Columns, bar: number): Difference | null {
  let largest: Difference | null = null;
  for (const column of PRICES) {
    const [before, now] = [known[column][at] ?? Number.NaN, given[column][bar] ?? Number.NaN];
    if (before === now || (Number.isNaN(before) && Number.isNaN(now))) continue;
    const apart = Math.abs(now - before) / Math.abs(before);
    const by = Number.isFinite(apart) ? apart : Number.POSITIVE_INFINITY;
    if (largest === null || by > largest.by)
      largest = { time: known.time[at] ?? Number.NaN, column, known: before, given: now, by };
  }
  return largest;
}
