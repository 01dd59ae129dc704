import type { Cell } from './cells.ts';

/**
 * Cells over a whole column, without a memory of their own: the same additions in the same order, bit for bit, several
 * times as fast. Loops that hold the warm-up too would not be compiled to plain floating-point code, so it has one of
 * its own.
 */

/**
 * `emaCell`; gives whether it knows that no infinite number is in `out`: an average that has become infinite, or `na`
 * by that, stays so. Here and below a missing value ends an inner loop: one that goes on behind it, with an average
 * that came this way or that, takes twice as long for every bar.
 */
export function emaColumn(
  source: Float64Array,
  out: Float64Array,
  length: number,
  period: number,
  weight = 2 / (period + 1),
): boolean {
  let { bar, average } = seedColumn(source, out, length, period);
  for (; bar < length; bar += 1) {
    for (; bar < length; bar += 1) {
      const x = source[bar] ?? Number.NaN;
      if (Number.isNaN(x)) break;
      average = (x - average) * weight + average;
      out[bar] = average;
    }
    if (bar < length) out[bar] = Number.NaN;
  }
  return average - average === 0;
}

/** `wilderCell`. */
export function wilderColumn(source: Float64Array, out: Float64Array, length: number, period: number): void {
  let { bar, average } = seedColumn(source, out, length, period);
  for (; bar < length; bar += 1) {
    for (; bar < length; bar += 1) {
      const x = source[bar] ?? Number.NaN;
      if (Number.isNaN(x)) break;
      average = (average * (period - 1) + x) / period;
      out[bar] = average;
    }
    if (bar < length) out[bar] = Number.NaN;
  }
}

/** The average of the first `period` values, and the bar behind the last of them. */
function seedColumn(
  source: Float64Array,
  out: Float64Array,
  length: number,
  period: number,
): { bar: number; average: number } {
  let bar = 0;
  let sum = 0;
  for (let count = 0; bar < length; bar += 1) {
    const x = source[bar] ?? Number.NaN;
    out[bar] = Number.NaN;
    if (Number.isNaN(x)) continue;
    count += 1;
    sum += x;
    if (count < period) continue;
    out[bar] = sum / period;
    return { bar: bar + 1, average: sum / period };
  }
  return { bar, average: Number.NaN };
}

/**
 * `extremeCell`: the bars are cut into blocks as long as the window, which then is the end of one block and the
 * beginning of the next; the best of each end and of each beginning is known from one comparison a bar (van Herk, Gil
 * and Werman).
 */
export function extremeColumn(
  source: Float64Array,
  out: Float64Array,
  length: number,
  period: number,
  sign: 1 | -1,
): void {
  const ends = new Float64Array(Math.min(period, length) + 1);
  for (let bar = 0; bar < length; bar += 1) {
    bar = extremeStretch(source, out, ends, { start: bar, length, period, sign });
    if (bar < length) out[bar] = Number.NaN;
  }
}

interface Window {
  readonly start: number;
  readonly length: number;
  readonly period: number;
  readonly sign: 1 | -1;
}

/**
 * From `start` to the next `na`, whose bar it gives. `ends` is as long as the window and one more. Of equal values the
 * newest counts.
 */
function extremeStretch(
  source: Float64Array,
  out: Float64Array,
  ends: Float64Array,
  { start, length, period, sign }: Window,
): number {
  // What is behind the end of a block is worse than anything.
  ends.fill(Number.NEGATIVE_INFINITY);
  for (let block = start; block < length; block += period) {
    const end = Math.min(length, block + period);
    let beginning = Number.NEGATIVE_INFINITY;
    for (let bar = block; bar < end; bar += 1) {
      const x = (source[bar] ?? Number.NaN) * sign;
      if (Number.isNaN(x)) return bar;
      beginning = x >= beginning ? x : beginning;
      const before = ends[bar - block + 1] ?? Number.NaN;
      out[bar] = bar - start + 1 < period ? Number.NaN : (before > beginning ? before : beginning) * sign;
    }
    let best = Number.NEGATIVE_INFINITY;
    for (let bar = end - 1; bar > block; bar -= 1) {
      const x = (source[bar] ?? Number.NaN) * sign;
      best = x > best ? x : best;
      ends[bar - block] = best;
    }
  }
  return length;
}

/** A cell, bar by bar: for those that have no faster form. It knows nothing of what it writes. */
export function cellColumn(cell: Cell, source: Float64Array, out: Float64Array, length: number): boolean {
  for (let bar = 0; bar < length; bar += 1) out[bar] = cell.next(source[bar] ?? Number.NaN);
  return false;
}

/** The true range of each bar; `na` on the first. */
export function trueRangeColumn(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  out: Float64Array,
  length: number,
): void {
  let before = Number.NaN;
  for (let bar = 0; bar < length; bar += 1) {
    const [top, bottom] = [high[bar] ?? Number.NaN, low[bar] ?? Number.NaN];
    out[bar] = Math.max(top - bottom, Math.abs(before - top), Math.abs(before - bottom));
    before = close[bar] ?? Number.NaN;
  }
}
