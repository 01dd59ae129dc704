/** Numbers from 0 up to 1, the same for the same seed. */
export type Random = () => number;

/** A linear congruential generator: good enough to make up prices, and a failed run can be run again. */
export function randomOf(seed: number): Random {
  // Seeds next to one another begin far apart.
  let state = Math.imul(seed, 2_654_435_761) >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export const between = (random: Random, low: number, high: number): number => low + random() * (high - low);

/** A whole number from `low` to `high`, both included. */
export const whole = (random: Random, low: number, high: number): number => Math.floor(between(random, low, high + 1));
