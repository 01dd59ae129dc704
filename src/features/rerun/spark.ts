import type { Span } from '#core/engine/figures/benchmark.ts';

/** A series as small as a node: the least and the most in each of a few stretches of bars; NaN where nothing is. */
export interface Spark {
  readonly low: Float32Array;
  readonly high: Float32Array;
}

/** Stretches of a small picture: a few pixels each. */
export const STRETCHES = 56;

/** Makes a small picture of a column, or of one number that is the same at every bar. Goes over each bar once. */
export function sparkOf(series: Float64Array | number | undefined, { from, to }: Span): Spark | null {
  if (series === undefined) return null;
  const bars = Math.max(0, to - from);
  const count = Math.min(STRETCHES, Math.max(2, bars));
  const low = new Float32Array(count).fill(Number.NaN);
  const high = new Float32Array(count).fill(Number.NaN);
  if (typeof series === 'number') return { low: low.fill(series), high: high.fill(series) };
  for (let bar = Math.max(0, from); bar < Math.min(to, series.length); bar += 1) {
    const value = series[bar] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    const stretch = Math.min(count - 1, Math.floor(((bar - from) / bars) * count));
    if (!((low[stretch] ?? Number.NaN) <= value)) low[stretch] = value;
    if (!((high[stretch] ?? Number.NaN) >= value)) high[stretch] = value;
  }
  return { low, high };
}

/** The picture as a path in a box of this size, broken where there is no value; empty where there is none at all. */
export function sparkPath(
  { low, high }: Spark,
  { width, height }: { readonly width: number; readonly height: number },
): string {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let at = 0; at < low.length; at += 1) {
    least = Math.min(least, finiteOr(low[at], least));
    most = Math.max(most, finiteOr(high[at], most));
  }
  if (most < least) return '';
  const span = most - least;
  const x = (at: number): string => ((at / Math.max(1, low.length - 1)) * width).toFixed(1);
  const y = (value: number): string =>
    (span === 0 ? height / 2 : height - ((value - least) / span) * height).toFixed(1);
  let path = '';
  let isBroken = true;
  for (let at = 0; at < low.length; at += 1) {
    const [bottom, top] = [low[at] ?? Number.NaN, high[at] ?? Number.NaN];
    if (!Number.isFinite(bottom) || !Number.isFinite(top)) {
      isBroken = true;
      continue;
    }
    path += `${isBroken ? 'M' : 'L'}${x(at)} ${y(top)}${bottom === top ? '' : `L${x(at)} ${y(bottom)}`}`;
    isBroken = false;
  }
  return path;
}

const finiteOr = (value: number | undefined, other: number): number =>
  value !== undefined && Number.isFinite(value) ? value : other;
