import type { Columns } from '../columns/batch.ts';
import type { ExitReason } from '../outcome/result.ts';
import { isPrice, isTrailing, movedBy, readPrice, tightened } from './desk.ts';
import type { Ledger } from './ledger.ts';
import { canRuin, ruinPrice } from './ruin.ts';
import type { SimulatorState } from './simulator-state.ts';

/** The nearer of stop and trailing stop; NaN without either, which no price reaches. */
function stopPrice({ stop, trail }: SimulatorState, side: 1 | -1): number {
  if (Number.isNaN(stop)) return trail;
  if (Number.isNaN(trail)) return stop;
  return side > 0 ? Math.max(stop, trail) : Math.min(stop, trail);
}

const stopReason = (state: SimulatorState, price: number): ExitReason => (price === state.stop ? 'stop' : 'trail');

export const sideOf = ({ units }: SimulatorState): 1 | -1 => (units > 0 ? 1 : -1);

/** Whether there is a position with a stop, a target or a trailing stop. */
export const isProtected = (state: SimulatorState): boolean =>
  isTrailing(state) || !Number.isNaN(state.stop) || !Number.isNaN(state.target) || !Number.isNaN(state.trail);

/** Whether there is a price that ends the position by itself. One that is paid for in full, without protection, only orders end. */
export const canEnd = (state: SimulatorState): boolean => canRuin(state) || isProtected(state);

/** The first price on a position's bad side at which it ends: the nearest of stop, trailing stop and ruin. */
export function lastPrice(state: SimulatorState, side: 1 | -1): number {
  const stop = stopPrice(state, side);
  const ruin = ruinPrice(state);
  return (stop - ruin) * side >= 0 ? stop : ruin;
}

/** Ends a position on its bad side, where its stop or its ruin is reached: `price`, or what the market has jumped to. */
export function leaveBadly(ledger: Ledger, price: number): void {
  const { state } = ledger;
  const side = sideOf(state);
  const stop = stopPrice(state, side);
  ledger.exit(ledger.slipped(price, -side), (stop - ruinPrice(state)) * side >= 0 ? stopReason(state, stop) : 'ruin');
}

/** Ends a position whose stop, target or ruin the price has jumped over, or was beyond at its entry already. */
export function leaveIfBeyond(ledger: Ledger, price: number): void {
  const { state } = ledger;
  if (state.units === 0) return;
  const side = sideOf(state);
  if ((price - state.target) * side >= 0) ledger.exit(price, 'target');
  else if ((price - lastPrice(state, side)) * side <= 0) leaveBadly(ledger, price);
}

/** Whether the stop, the ruin or the target of a position lies within a bar. */
export function isReached(state: SimulatorState, high: number, low: number): boolean {
  const side = sideOf(state);
  const [best, worst] = side > 0 ? [high, low] : [low, high];
  return (worst - lastPrice(state, side)) * side <= 0 || (best - state.target) * side >= 0;
}

/** Moves the trailing stop after the bar has closed. */
export function moveTrail(ledger: Ledger, columns: Columns, at: number): void {
  const { state } = ledger;
  const side = sideOf(state);
  const trail = state.trailAction < 0 ? null : ledger.actions[state.trailAction]?.trail;
  const level = trail ? readPrice(trail, columns, at, ledger.bar) : trailLevel(state, side);
  // A level that is missing leaves the stop where it is.
  if (isPrice(level)) state.trail = tightened(state.trail, level, side);
}

/** Where a trailing stop that keeps a fraction off the best price stands. */
const trailLevel = ({ highest, lowest, trailFraction }: SimulatorState, side: 1 | -1): number =>
  movedBy(side > 0 ? highest : lowest, -side * trailFraction);
