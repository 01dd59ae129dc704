import { cycle, LONGEST, type Cycle } from './cycle.ts';

/** The price averaged over its dominant cycle, then over four bars. */
export interface Trendline {
  readonly memory: readonly Float64Array[];
  readonly cycle: Cycle;
  next(x: number): ReturnType<Cycle['next']>;
  value(): number;
}

export function trendline(): Trendline {
  const wave = cycle();
  // The last prices in a ring, then: where the newest is, the averages of the last three bars, the line.
  const memory = new Float64Array(LONGEST + 5);
  const [at, first, second, third, line] = [LONGEST, LONGEST + 1, LONGEST + 2, LONGEST + 3, LONGEST + 4];
  const mean = (bars: number): number => {
    let sum = 0;
    let slot = memory[at] ?? 0;
    for (let age = 0; age < bars; age += 1) {
      sum += memory[slot] ?? 0;
      slot = slot === 0 ? LONGEST - 1 : slot - 1;
    }
    return bars > 0 ? sum / bars : 0;
  };
  return {
    memory: [...wave.memory, memory],
    cycle: wave,
    next: (x) => {
      const state = wave.next(x);
      if (Number.isNaN(x)) return state;
      const slot = (memory[at] ?? 0) + 1 === LONGEST ? 0 : (memory[at] ?? 0) + 1;
      memory[at] = slot;
      memory[slot] = x;
      if (state === 'warming up') return state;
      const average = mean(wave.bars());
      const [one, two, three] = [memory[first] ?? 0, memory[second] ?? 0, memory[third] ?? 0];
      memory[line] = (4 * average + 3 * one + 2 * two + three) / 10;
      memory[third] = two;
      memory[second] = one;
      memory[first] = average;
      return state;
    },
    value: () => memory[line] ?? 0,
  };
}
