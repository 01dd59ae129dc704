const EPSILON = 1e-14;

/** What TA-Lib takes for zero, wherever it divides. */
export const isZero = (x: number): boolean => x < EPSILON && x > -EPSILON;

export const isZeroOrBelow = (x: number): boolean => x < EPSILON;

/** 0, but `na` where the value that it stands for is missing. */
export const zeroOrNa = (x: number): number => 0 * x;
