import { addDecimals } from '#core/elementary/add-decimals.ts';
import { toDecimal } from '#core/elementary/to-decimal.ts';
import { notionalOf, type Fill } from './fill.ts';
import type { Lots } from './lots.ts';
import type { Side } from './order.ts';

/** One net position: a fold over fills, and over nothing else. Flat, it is `FLAT`. */
export interface Position {
  /** Signed: negative when short. */
  units: number;
  /** The average of the fills that opened the position, and the sum of their units times prices. */
  entryPrice: number;
  entryCost: number;
  /** Where the position was opened. */
  entryBar: number;
  entryTime: number;
  /** Index of the action that opened the position; -1 when flat. */
  entryAction: number;
  /** Commission paid since the position was opened. */
  entryCommission: number;
  /** Fills that added to the position. */
  adds: number;
}

export const FLAT: Readonly<Position> = {
  units: 0,
  entryPrice: Number.NaN,
  entryCost: 0,
  entryBar: -1,
  entryTime: 0,
  entryAction: -1,
  entryCommission: 0,
  adds: 0,
};

export const sideOf = ({ units }: Pick<Position, 'units'>): Side => (units > 0 ? 1 : -1);

/** Whether a fill takes from the position that there is. */
export const isClosing = ({ units }: Pick<Position, 'units'>, fill: Fill): boolean => units * fill.units < 0;

/**
 * Takes a fill into a position, in place: a copy a fill would be most of what a trade costs. A fill that closes must be
 * no larger than the position: `partsOf` cuts one that is. `lots`: null for units that are fractional.
 */
export function takeFill(position: Position, fill: Fill, lots: Lots | null): void {
  if (isClosing(position, fill)) reduce(position, fill, lots);
  else extend(position, fill, notionalOf(fill), lots);
}

/** Takes a fill that opens a position or adds to it. `notional`: of the fill. */
export function extend(position: Position, fill: Fill, notional: number, lots: Lots | null): void {
  const { price } = fill;
  const units = Math.abs(fill.units);
  const held = Math.abs(position.units);
  position.entryCommission += fill.commission;
  let now = units;
  if (held === 0) {
    position.entryCost = notional;
    // The average of equal prices is that price: no quotient must round it.
    position.entryPrice = price;
    position.entryBar = fill.bar;
    position.entryTime = fill.time;
    position.entryAction = fill.action;
  } else {
    now = lots ? lots.round(held + units) : addDecimals(held, units);
    position.entryCost = addDecimals(position.entryCost, notional);
    if (price !== position.entryPrice) position.entryPrice = position.entryCost / now;
    position.adds += 1;
  }
  position.units = fill.units > 0 ? now : -now;
}

/** Closes a position, or a part of it: the part takes its share of the cost and the commission of the entry along. */
function reduce(position: Position, fill: Fill, lots: Lots | null): void {
  const held = Math.abs(position.units);
  const rest = addDecimals(held, -Math.abs(fill.units));
  if (rest <= 0) {
    flatten(position);
    return;
  }
  const now = lots ? lots.round(rest) : rest;
  position.entryCommission *= now / held;
  position.entryCost = toDecimal(position.entryCost * (now / held));
  position.units = position.units > 0 ? now : -now;
}

/** Closes the whole position. */
export function flatten(position: Position): void {
  position.units = 0;
  position.entryPrice = Number.NaN;
  position.entryCost = 0;
  position.entryBar = -1;
  position.entryTime = 0;
  position.entryAction = -1;
  position.entryCommission = 0;
  position.adds = 0;
}
