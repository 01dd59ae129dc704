/** The smallest number that has all of its digits. */
const LEAST = 2 ** -1022;

/**
 * Whether nothing can be divided by x: it is 0, or so near the end of what a double can hold that rounding has eaten
 * its digits. (TA-Lib takes whatever is below 1e-14 for 0, and so has no bands, no RSI and no deviation of prices that
 * are small.)
 */
export const isZero = (x: number): boolean => x < LEAST && x > -LEAST;

export const isZeroOrBelow = (x: number): boolean => x < LEAST;

/** 0, but `na` where the value that it stands for is missing. */
export const zeroOrNa = (x: number): number => 0 * x;
