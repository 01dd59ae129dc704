import type { LevelKind } from './order.ts';

/** What ends a position by itself. NaN: not set. */
export interface Protection {
  /** Prices; where they were given as fractions of the entry price, those too. */
  stop: number;
  stopFraction: number;
  target: number;
  targetFraction: number;
  /** Distance of the trailing stop as a fraction; NaN when it follows a series or there is none. */
  trailFraction: number;
  /** Index of the action whose series the trailing stop follows; -1 for none. */
  trailAction: number;
  /** Where the trailing stop stands. */
  trail: number;
}

export function dropProtection(protection: Protection): void {
  protection.stop = Number.NaN;
  protection.stopFraction = Number.NaN;
  protection.target = Number.NaN;
  protection.targetFraction = Number.NaN;
  protection.trailFraction = Number.NaN;
  protection.trailAction = -1;
  protection.trail = Number.NaN;
}

export const isTrailing = ({ trailFraction, trailAction }: Readonly<Protection>): boolean =>
  trailAction >= 0 || !Number.isNaN(trailFraction);

/** Whether there is a stop, a target or a trailing stop. */
export const isProtected = (protection: Readonly<Protection>): boolean =>
  isTrailing(protection) ||
  !Number.isNaN(protection.stop) ||
  !Number.isNaN(protection.target) ||
  !Number.isNaN(protection.trail);

/** What a fraction of a level is; NaN of a level that is a price. */
export const fractionOf = ({ percent }: LevelKind, value: number): number => (percent ? value : Number.NaN);
