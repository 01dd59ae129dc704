import { hilbert } from './hilbert.ts';

export const CYCLE_LOOKBACK = 63;

const WARM_UP = 37;

/** No cycle is longer. */
export const LONGEST = 50;

/** The dominant cycle of a price, as TA-Lib finds it with Ehlers' Hilbert transform where it looks back 63 bars. */
export interface Cycle {
  readonly memory: readonly Float64Array[];
  /** Takes a value: `computing` from the 38th on, `ready` from the 64th. */
  next(x: number): 'warming up' | 'computing' | 'ready';
  /** The value, averaged over four bars. */
  smoothed(): number;
  /** The length of the cycle in bars, smoothed. */
  length(): number;
  /** The same in whole bars. */
  bars(): number;
}

export function cycle(): Cycle {
  const transform = hilbert(WARM_UP);
  // The smoothed length, and how many bars were computed.
  const memory = new Float64Array(2);
  return {
    memory: [...transform.memory, memory],
    next: (x) => {
      if (!transform.next(x)) return 'warming up';
      memory[0] = 0.33 * transform.period() + 0.67 * (memory[0] ?? 0);
      const computed = (memory[1] ?? 0) + 1;
      memory[1] = Math.min(computed, CYCLE_LOOKBACK);
      return computed > CYCLE_LOOKBACK - WARM_UP ? 'ready' : 'computing';
    },
    smoothed: () => transform.smoothed(),
    length: () => memory[0] ?? 0,
    bars: () => Math.trunc((memory[0] ?? 0) + 0.5),
  };
}
