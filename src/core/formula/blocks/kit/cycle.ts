import { DEGREES, hilbert } from './hilbert.ts';
import { cosine, sine } from './sine.ts';

export const CYCLE_LOOKBACK = 63;

const WARM_UP = 37;
/** No cycle is longer. */
export const LONGEST = 50;

/** The dominant cycle of a price and where in it the price is, as TA-Lib computes it from Ehlers' Hilbert transform. */
export interface Cycle {
  readonly memory: readonly Float64Array[];
  /** Takes a value; `computing` from the 38th on, `ready` from the 64th. */
  next(x: number): 'warming up' | 'computing' | 'ready';
  smoothed(): number;
  /** The length of the cycle in bars, smoothed. */
  length(): number;
  /** The same in whole bars. */
  bars(): number;
  /** The phase in degrees, from -45 to 315. */
  phase(): number;
}

/** Sines and cosines of the angles i/n of a circle, for cycles of n bars. */
const WAVES = Array.from({ length: LONGEST + 1 }, (_, bars) => {
  const angle = (i: number): number => (i * (Math.atan(1) * 8)) / bars;
  return {
    sines: Float64Array.from({ length: bars }, (_unused, i) => sine(angle(i))),
    cosines: Float64Array.from({ length: bars }, (_unused, i) => cosine(angle(i))),
  };
});

const NO_WAVE = { sines: new Float64Array(0), cosines: new Float64Array(0) };

export function cycle(): Cycle {
  const transform = hilbert(WARM_UP);
  const prices = new Float64Array(LONGEST);
  // Where the newest price is, the smoothed length, the phase, and how many bars were computed.
  const memory = new Float64Array(4);
  const bars = (): number => Math.trunc((memory[1] ?? 0) + 0.5);

  const nextPhase = (last: number, length: number): number => {
    const { sines, cosines } = WAVES[bars()] ?? NO_WAVE;
    let real = 0;
    let imaginary = 0;
    let slot = memory[0] ?? 0;
    for (let age = 0; age < sines.length; age += 1) {
      const price = prices[slot] ?? 0;
      real += (sines[age] ?? 0) * price;
      imaginary += (cosines[age] ?? 0) * price;
      slot = slot === 0 ? LONGEST - 1 : slot - 1;
    }
    let phase = last;
    if (Math.abs(imaginary) > 0) phase = Math.atan(real / imaginary) * DEGREES;
    else if (real < 0) phase -= 90;
    else if (real > 0) phase += 90;
    phase += 90;
    // The weighted average lags by a bar.
    phase += 360 / length;
    if (imaginary < 0) phase += 180;
    return phase > 315 ? phase - 360 : phase;
  };

  return {
    memory: [...transform.memory, prices, memory],
    next: (x) => {
      if (!transform.next(x)) return 'warming up';
      const slot = (memory[0] ?? 0) + 1 === LONGEST ? 0 : (memory[0] ?? 0) + 1;
      memory[0] = slot;
      prices[slot] = transform.smoothed();
      memory[1] = 0.33 * transform.period() + 0.67 * (memory[1] ?? 0);
      memory[2] = nextPhase(memory[2] ?? 0, memory[1]);
      const computed = (memory[3] ?? 0) + 1;
      memory[3] = Math.min(computed, CYCLE_LOOKBACK);
      return computed > CYCLE_LOOKBACK - WARM_UP ? 'ready' : 'computing';
    },
    smoothed: () => transform.smoothed(),
    length: () => memory[1] ?? 0,
    bars,
    phase: () => memory[2] ?? 0,
  };
}

/** The sine of a phase in degrees. */
export const sineOf = (degrees: number): number => sine(degrees * (1 / DEGREES));
