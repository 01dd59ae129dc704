/** A stretch of a column without `na`: from `start` to its end, which is not known yet, or to that of the column. */
export interface Stretch {
  readonly start: number;
  readonly length: number;
  readonly period: number;
  /** Finite only if all values of the stretch are. */
  probe: number;
}

/**
 * Goes over a column by its stretches without `na`, in each of which windows of `period` bars begin anew. `take` fills
 * `out` from `start` to the next `na`, whose bar it gives; what it writes for windows that are not full does not count.
 * Gives whether all probes are finite.
 *
 * `take` goes over a stretch in blocks of `period` bars and keeps `rests` of a block for the next: of each of its bars,
 * the sum to its end. A window is such an end and the beginning of the next block; the last window of a block is the
 * block itself, with a rest of 0. So are all where a stretch begins. `take` writes its probe down behind each block: a
 * line behind the loop would not have run when the loop is compiled, and end what is compiled in each column.
 */
export function overStretches(
  out: Float64Array,
  rests: readonly Float64Array[],
  { length, period }: Pick<Stretch, 'length' | 'period'>,
  take: (stretch: Stretch) => number,
): boolean {
  let isFinite = true;
  for (let start = 0; start < length; start += 1) {
    const stretch = { start, length, period, probe: 0 };
    const end = take(stretch);
    if (stretch.probe - stretch.probe !== 0) isFinite = false;
    out.fill(Number.NaN, start, Math.min(start + period - 1, end));
    if (end < length) out[end] = Number.NaN;
    for (const rest of rests) rest.fill(0, 0, end - start + 1);
    start = end;
  }
  return isFinite;
}

/** Slots for the bars of a block, and for the end of the block. */
export const restsFor = (period: number, length: number): Float64Array =>
  new Float64Array(Math.min(period, length) + 1);
