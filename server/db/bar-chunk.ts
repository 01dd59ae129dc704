import { BAR_COLUMNS, type Bars } from '#core/market/bars.ts';
import { indexFrom } from '#core/market/index-from.ts';

/** Enough that a year of minutes takes few rows, little enough that a row is read at once (768 KiB). */
export const BARS_PER_CHUNK = 16_384;

type Columns = Pick<Bars, (typeof BAR_COLUMNS)[number]>;

export interface BarChunk {
  readonly firstTime: number;
  readonly count: number;
  /** Six columns of float64 one after another, in the order of BAR_COLUMNS; little-endian, as every machine Node runs on. */
  readonly columns: Uint8Array;
}

/** Cuts the first `length` bars into rows. */
export const packBars = (bars: Columns, length: number): BarChunk[] => [...eachPacked(bars, length)];

/** The same, each row when it is asked for. */
export function* eachPacked(bars: Columns, length: number): Generator<BarChunk> {
  for (let start = 0; start < length; start += BARS_PER_CHUNK) {
    const count = Math.min(BARS_PER_CHUNK, length - start);
    const values = new Float64Array(count * BAR_COLUMNS.length);
    BAR_COLUMNS.forEach((column, index) => values.set(bars[column].subarray(start, start + count), index * count));
    yield { firstTime: bars.time[start] ?? 0, count, columns: new Uint8Array(values.buffer) };
  }
}

/** Times in UTC milliseconds, both included. */
export interface Range {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/** Puts rows, in order of time, together again; of them only the bars within the range. */
export function unpackBars(chunks: readonly BarChunk[], range: Range): Columns & { length: number } {
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
  // Copied, since a driver's buffer may lie at any offset and a Float64Array may not.
  const values = new Float64Array(new Uint8Array(columns).buffer);
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
