import { arcTangent } from '#core/elementary/arc.ts';
import { cosine, sine } from '#core/elementary/circle.ts';
import type { Cell } from './cells.ts';
import { cycle, LONGEST, type Cycle } from './cycle.ts';
import { DEGREES } from './hilbert.ts';

/** Where in its cycle a price is. */
export interface CyclePhase {
  readonly memory: readonly Float64Array[];
  /** Takes the cycle as it is after a value, and gives the phase in degrees, from -45 to 315. */
  next(cycle: Cycle): number;
}

/** Sines and cosines of the angles i/n of a circle, for cycles of n bars. */
const WAVES = Array.from({ length: LONGEST + 1 }, (_, bars) => {
  const angle = (i: number): number => (i * (arcTangent(1) * 8)) / bars;
  return {
    sines: Float64Array.from({ length: bars }, (_unused, i) => sine(angle(i))),
    cosines: Float64Array.from({ length: bars }, (_unused, i) => cosine(angle(i))),
  };
});
const NO_WAVE = { sines: new Float64Array(0), cosines: new Float64Array(0) };

export function cyclePhase(): CyclePhase {
  const prices = new Float64Array(LONGEST);
  // Where the newest price is, the phase.
  const memory = new Float64Array(2);
  return {
    memory: [prices, memory],
    next: (wave) => {
      let slot = (memory[0] ?? 0) + 1 === LONGEST ? 0 : (memory[0] ?? 0) + 1;
      memory[0] = slot;
      prices[slot] = wave.smoothed();
      const { sines, cosines } = WAVES[wave.bars()] ?? NO_WAVE;
      let real = 0;
      let imaginary = 0;
      for (let age = 0; age < sines.length; age += 1) {
        const price = prices[slot] ?? 0;
        real += (sines[age] ?? 0) * price;
        imaginary += (cosines[age] ?? 0) * price;
        slot = slot === 0 ? LONGEST - 1 : slot - 1;
      }
      return (memory[1] = phaseOf(real, imaginary, memory[1] ?? 0, wave.length()));
    },
  };
}

function phaseOf(real: number, imaginary: number, last: number, length: number): number {
  let phase = last;
  if (Math.abs(imaginary) > 0) phase = arcTangent(real / imaginary) * DEGREES;
  else if (real < 0) phase -= 90;
  else if (real > 0) phase += 90;
  phase += 90;
  // The weighted average lags by a bar.
  phase += 360 / length;
  if (imaginary < 0) phase += 180;
  return phase > 315 ? phase - 360 : phase;
}

/** The sine of a phase in degrees. */
export const sineOf = (degrees: number): number => sine(degrees * (1 / DEGREES));

/** The phase of a series. */
export function phaseCell(): Cell {
  const wave = cycle();
  const phase = cyclePhase();
  return {
    memory: [...wave.memory, ...phase.memory],
    next: (x) => {
      const state = wave.next(x);
      if (state === 'warming up') return Number.NaN;
      const degrees = phase.next(wave);
      return state === 'ready' ? degrees : Number.NaN;
    },
  };
}
