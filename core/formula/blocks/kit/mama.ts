import { arcTangent } from '#core/elementary/arc.ts';
import type { Cell } from './cells.ts';
import { DEGREES, hilbert } from './hilbert.ts';

export const MAMA_LOOKBACK = 32;

/** John Ehlers' MESA adaptive average: the faster the phase of the cycle changes, the slower it follows. */
export interface AdaptiveAverage {
  readonly memory: readonly Float64Array[];
  /** Takes a value; true from the first one on that has an average. */
  next(x: number): boolean;
  mama(): number;
  /** The average that follows it, at half its speed. */
  fama(): number;
}

export function adaptiveAverage(fastLimit: number, slowLimit: number): AdaptiveAverage {
  const cycle = hilbert(12);
  // The two averages, the last phase, and how many values were averaged before the first that counts.
  const memory = new Float64Array(4);
  return {
    memory: [...cycle.memory, memory],
    next: (x) => {
      if (!cycle.next(x)) return false;
      const inPhase = cycle.inPhase();
      const phase = inPhase !== 0 ? arcTangent(cycle.quadrature() / inPhase) * DEGREES : 0;
      const change = (memory[2] ?? 0) - phase;
      const weight = change > 1 ? Math.max(fastLimit / change, slowLimit) : fastLimit;
      const mama = weight * x + (1 - weight) * (memory[0] ?? 0);
      const half = weight * 0.5;
      memory[0] = mama;
      memory[1] = half * mama + (1 - half) * (memory[1] ?? 0);
      memory[2] = phase;
      const counted = (memory[3] ?? 0) + 1;
      memory[3] = Math.min(counted, MAMA_LOOKBACK);
      return counted > MAMA_LOOKBACK - 12;
    },
    mama: () => memory[0] ?? 0,
    fama: () => memory[1] ?? 0,
  };
}

/** As one of the moving averages to choose from. */
export function mamaCell(): Cell {
  const average = adaptiveAverage(0.5, 0.05);
  return { memory: average.memory, next: (x) => (average.next(x) ? average.mama() : Number.NaN) };
}
