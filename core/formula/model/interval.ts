/**
 * Where a value may be missing: never, only until everything that it looks back on is there (or where the bars lack it,
 * as they may lack the volume), or at any bar, which may be what it is meant to say (`position.entry` when flat).
 */
export type Missing = 'never' | 'early' | 'anywhere';

/** What a value can be at a bar: a number from `min` to `max`, both included, or `na`. Bools are 0 and 1. */
export interface Interval {
  readonly min: number;
  readonly max: number;
  /** Only whole numbers. */
  readonly integer: boolean;
  readonly missing: Missing;
}

export const ANYTHING: Interval = { min: -Infinity, max: Infinity, integer: false, missing: 'anywhere' };

/** `na` is no number: its bounds exclude each other. */
export const exactly = (value: number): Interval =>
  Number.isNaN(value)
    ? { min: Infinity, max: -Infinity, integer: false, missing: 'anywhere' }
    : { min: value, max: value, integer: Number.isInteger(value), missing: 'never' };

/** Whether it is always missing. */
export const isEmpty = ({ min, max }: Interval): boolean => min > max;

const NOTHING = exactly(Number.NaN);

const RANK: Readonly<Record<Missing, number>> = { never: 0, early: 1, anywhere: 2 };

export function worst(all: readonly Missing[]): Missing {
  let most: Missing = 'never';
  for (const missing of all) if (RANK[missing] > RANK[most]) most = missing;
  return most;
}

/** Either of the two. */
export const either = (a: Interval, b: Interval): Interval => ({
  min: Math.min(a.min, b.min),
  max: Math.max(a.max, b.max),
  integer: a.integer && b.integer,
  missing: worst([a.missing, b.missing]),
});

/**
 * What a monotonous function gives, from its values at the ends of its arguments: float arithmetic rounds in order too.
 * An end that is no number is anywhere, and what may overflow may be missing. Of what is always missing it gives
 * nothing.
 */
export function between(ends: readonly number[], inputs: readonly Interval[], integer = false): Interval {
  if (inputs.some(isEmpty)) return NOTHING;
  const known = !ends.some(Number.isNaN);
  const min = known ? Math.min(...ends) : -Infinity;
  const max = known ? Math.max(...ends) : Infinity;
  const overflows = !Number.isFinite(min) || !Number.isFinite(max);
  return { min, max, integer, missing: overflows ? 'anywhere' : worst(inputs.map(({ missing }) => missing)) };
}

/** Bounds of what a block gives at a bar, from those of what it takes, by port. */
export type Bounds = (of: (port: string) => Interval) => Interval;
