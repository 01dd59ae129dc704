import { arcTangent } from '#core/elementary/arc.ts';

/**
 * John Ehlers' Hilbert transform of a smoothed price, and the dominant cycle that it shows ("Rocket Science for
 * Traders", 2001), as TA-Lib computes it. A missing value is passed over.
 */
export interface Hilbert {
  readonly memory: readonly Float64Array[];
  /** Takes a value. False while it only smooths. */
  next(x: number): boolean;
  /** The value, averaged over four bars. */
  smoothed(): number;
  inPhase(): number;
  quadrature(): number;
  /** The length of the cycle in bars, at most half as long again as before and from 6 to 50. */
  period(): number;
}

const A = 0.0962;
const B = 0.5769;
export const DEGREES = 45 / arcTangent(1);

/** More of its size than that, and a running sum has lost its way. */
const DRIFT = 2 ** -33;

const SIZE = 16;
const [SMOOTH, DETRENDED, QUADRATURE] = [0, SIZE, 2 * SIZE];

/**
 * `warmUp`: values before the first that is transformed; 12 where TA-Lib looks back 32 bars, 37 where it looks back 63.
 */
export function hilbert(warmUp: number): Hilbert {
  // Three rings: the smoothed price, what is left of it without its trend, and that a quarter of a cycle on.
  const rings = new Float64Array(3 * SIZE);
  // The last four values, then the scalars below.
  const memory = new Float64Array(14);
  const [count, plain, weighted, leaving, period, i2, q2, re, im, position] = [4, 5, 6, 7, 8, 9, 10, 11, 12, 13];

  /**
   * Four bars, weighing 4 for the newest down to 1. The two sums of a weighted average are kept, since on a level price
   * the phase is what rounding leaves of them, and only the additions of TA-Lib leave the same; but where a large value
   * that has gone took their digits along, they are made anew.
   */
  const smooth = (x: number, seen: number): number => {
    const slot = seen & 3;
    const oldest = seen >= 3 ? (memory[(slot + 1) & 3] ?? 0) : 0;
    memory[slot] = x;
    if (seen < 3) {
      memory[plain] = (memory[plain] ?? 0) + x;
      memory[weighted] = (memory[weighted] ?? 0) + x * (seen + 1);
      return Number.NaN;
    }
    memory[plain] = (memory[plain] ?? 0) + x - (memory[leaving] ?? 0);
    memory[leaving] = oldest;
    const [a, b, c] = [memory[(slot + 3) & 3] ?? 0, memory[(slot + 2) & 3] ?? 0, memory[(slot + 1) & 3] ?? 0];
    const fresh = x * 4 + a * 3 + b * 2 + c;
    let sum = (memory[weighted] ?? 0) + x * 4;
    const size = Math.abs(x) + Math.abs(a) + Math.abs(b) + Math.abs(c);
    if (size > 0 && Math.abs(sum - fresh) > DRIFT * size) {
      sum = fresh;
      memory[plain] = x + a + b + c;
    }
    memory[weighted] = sum - memory[plain];
    return sum * 0.1;
  };

  const ago = (ring: number, bars: number): number =>
    rings[ring + (((memory[position] ?? 0) - bars) & (SIZE - 1))] ?? 0;
  const transform = (ring: number, delay: number, scale: number): number =>
    (A * ago(ring, delay) - A * ago(ring, delay + 6) - B * ago(ring, delay + 4) + B * ago(ring, delay + 2)) * scale;

  return {
    memory: [rings, memory],
    next: (x) => {
      if (Number.isNaN(x)) return false;
      const seen = memory[count] ?? 0;
      memory[count] = seen + 1;
      const smoothed = smooth(x, seen);
      if (seen < warmUp) return false;
      const now = ((memory[position] ?? 0) + 1) & (SIZE - 1);
      memory[position] = now;
      const last = memory[period] ?? 0;
      const scale = 0.075 * last + 0.54;
      rings[SMOOTH + now] = smoothed;
      rings[DETRENDED + now] = transform(SMOOTH, 0, scale);
      rings[QUADRATURE + now] = transform(DETRENDED, 0, scale);
      // The part in phase is the detrended price three bars ago.
      const [lastI, lastQ] = [memory[i2] ?? 0, memory[q2] ?? 0];
      const q = 0.2 * (ago(QUADRATURE, 0) + transform(DETRENDED, 3, scale)) + 0.8 * lastQ;
      const i = 0.2 * (ago(DETRENDED, 3) - transform(QUADRATURE, 0, scale)) + 0.8 * lastI;
      memory[re] = 0.2 * (i * lastI + q * lastQ) + 0.8 * (memory[re] ?? 0);
      memory[im] = 0.2 * (i * lastQ - q * lastI) + 0.8 * (memory[im] ?? 0);
      memory[q2] = q;
      memory[i2] = i;
      memory[period] = nextPeriod(last, memory[re], memory[im]);
      return true;
    },
    smoothed: () => ago(SMOOTH, 0),
    inPhase: () => ago(DETRENDED, 3),
    quadrature: () => ago(QUADRATURE, 0),
    period: () => memory[period] ?? 0,
  };
}

function nextPeriod(last: number, re: number, im: number): number {
  let period = im !== 0 && re !== 0 ? 360 / (arcTangent(im / re) * DEGREES) : last;
  if (period > 1.5 * last) period = 1.5 * last;
  if (period < 0.67 * last) period = 0.67 * last;
  if (period < 6) period = 6;
  else if (period > 50) period = 50;
  return 0.2 * period + 0.8 * last;
}
