import { BAR_COLUMNS, type Bars } from '#core/market/bars.ts';
import { indexFrom } from '#core/market/index-from.ts';
import { beginsLeaf, hashLeaves } from './bar-leaves.ts';
import { bytesOf, columnOf } from './numbers.ts';

/** Enough that a year of minutes takes few rows, little enough that a row is read at once (768 KiB). */
export const BARS_PER_CHUNK = 16_384;

type Columns = Pick<Bars, (typeof BAR_COLUMNS)[number]>;

export interface BarChunk {
  readonly firstTime: number;
  readonly count: number;
  /**
   * Six columns of float64 one after another, in the order of BAR_COLUMNS; little-endian, as every machine Node runs
   * on.
   */
  readonly columns: Uint8Array;
  /**
   * The hashes of its leaves, one behind another; null where the row begins or ends within a leaf, or was written
   * before there were leaves.
   */
  readonly leaves: Uint8Array | null;
}

/** What bars are read from. */
export type ReadChunk = Pick<BarChunk, 'count' | 'columns'>;

/** Where bars stand in their series, as far as that decides how they are cut into rows. */
interface Place {
  /** No bar of the series stands before them. */
  readonly isFirst: boolean;
  /**
   * More may come behind the last of them, so that its leaf is not over; otherwise a row follows that begins a leaf.
   */
  readonly isOpen: boolean;
}

const ALL_OF_A_SERIES: Place = { isFirst: true, isOpen: true };

/** Cuts the first `length` bars into rows. */
export const packBars = (bars: Columns, length: number, place = ALL_OF_A_SERIES): BarChunk[] => [
  ...eachPacked(bars, length, place),
];

/** The same, each row when it is asked for. Rows end where leaves do, so that a row knows the hashes of its leaves. */
export function* eachPacked(bars: Columns, length: number, place = ALL_OF_A_SERIES): Generator<BarChunk> {
  for (let start = 0; start < length;) {
    const end = endOfRow(bars.time, start, length);
    const begins = beginsLeaf(bars.time[start] ?? 0) || (start === 0 && place.isFirst);
    const ends = end < length ? beginsLeaf(bars.time[end] ?? 0) : !place.isOpen;
    const count = end - start;
    const values = new Float64Array(count * BAR_COLUMNS.length);
    BAR_COLUMNS.forEach((column, index) => values.set(bars[column].subarray(start, end), index * count));
    yield {
      firstTime: bars.time[start] ?? 0,
      count,
      columns: bytesOf(values),
      leaves: begins && ends ? hashLeaves(bars, start, end) : null,
    };
    start = end;
  }
}

/** As many whole leaves as a row holds; of a leaf that is larger than a row, what fits. */
function endOfRow(time: Float64Array, start: number, length: number): number {
  const most = start + BARS_PER_CHUNK;
  if (most >= length) return length;
  let end = most;
  while (end > start && !beginsLeaf(time[end] ?? 0)) end -= 1;
  return end > start ? end : most;
}

/** Times in UTC milliseconds, both included. */
export interface Range {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/** Puts rows, in order of time, together again; of them only the bars within the range. */
export function unpackBars(chunks: readonly ReadChunk[], range: Range): Columns & { length: number } {
  const parts = chunks.map(({ columns, count }) => partOf(columns, count, range));
  const length = lengthOf(parts);
  const column = (index: number): Float64Array => join(parts, index, length);
  const [time, open, high, low, close, volume] = [column(0), column(1), column(2), column(3), column(4), column(5)];
  return { length, time, open, high, low, close, volume };
}

/** The same of rows of which only the times were read. */
export function unpackTimes(
  chunks: readonly { readonly count: number; readonly times: Uint8Array }[],
  range: Range,
): Float64Array {
  const parts = chunks.map(({ times, count }) => partOf(times, count, range));
  return join(parts, 0, lengthOf(parts));
}

/** The columns of a row, and which of its bars lie within the range. */
interface Part {
  readonly values: Float64Array;
  readonly count: number;
  readonly start: number;
  readonly end: number;
}

function partOf(columns: Uint8Array, count: number, range: Range): Part {
  const values = columnOf(columns);
  const time = values.subarray(0, count);
  const start = range.from === undefined ? 0 : indexFrom(time, range.from);
  const end = range.to === undefined ? count : indexFrom(time, range.to + 1);
  return { values, count, start, end: Math.max(start, end) };
}

const lengthOf = (parts: readonly Part[]): number => parts.reduce((sum, { start, end }) => sum + end - start, 0);

function join(parts: readonly Part[], index: number, length: number): Float64Array {
  const whole = new Float64Array(length);
  let at = 0;
  for (const { values, count, start, end } of parts) {
    whole.set(values.subarray(index * count + start, index * count + end), at);
    at += end - start;
  }
  return whole;
}
