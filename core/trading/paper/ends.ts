import type { EndReason } from '../fill.ts';
import { ruinPrice } from '../holdings.ts';
import type { Side } from '../order.ts';
import { sideOf } from '../position.ts';
import { isProtected } from '../protection.ts';
import type { Ledger } from './ledger.ts';
import type { PaperState } from './paper-state.ts';
import { canRuin } from './ruin.ts';

/** The nearer of stop and trailing stop; NaN without either, which no price reaches. */
function stopPrice({ stop, trail }: PaperState, side: Side): number {
  if (Number.isNaN(stop)) return trail;
  if (Number.isNaN(trail)) return stop;
  return side > 0 ? Math.max(stop, trail) : Math.min(stop, trail);
}

const stopReason = (state: PaperState, price: number): EndReason => (price === state.stop ? 'stop' : 'trail');

/**
 * Whether there is a price that ends the position by itself. One that is paid for in full, without protection, only
 * orders end.
 */
export const canEnd = (state: PaperState): boolean => canRuin(state) || isProtected(state);

/** The first price on a position's bad side at which it ends: the nearest of stop, trailing stop and ruin. */
export function lastPrice(state: PaperState, side: Side): number {
  const stop = stopPrice(state, side);
  const ruin = ruinPrice(state);
  return (stop - ruin) * side >= 0 ? stop : ruin;
}

/**
 * Ends a position on its bad side, where its stop or its ruin is reached: `price`, or what the market has jumped to.
 */
export function leaveBadly(ledger: Ledger, price: number): void {
  const { state } = ledger;
  const side = sideOf(state);
  const stop = stopPrice(state, side);
  ledger.end(ledger.slipped(price, -side), (stop - ruinPrice(state)) * side >= 0 ? stopReason(state, stop) : 'ruin');
}

/** Ends a position whose stop, target or ruin the price has jumped over, or was beyond at its entry already. */
export function leaveIfBeyond(ledger: Ledger, price: number): void {
  const { state } = ledger;
  if (state.units === 0) return;
  const side = sideOf(state);
  if ((price - state.target) * side >= 0) ledger.end(price, 'target');
  else if ((price - lastPrice(state, side)) * side <= 0) leaveBadly(ledger, price);
}

/** Whether the stop, the ruin or the target of a position lies within a bar. */
export function isReached(state: PaperState, high: number, low: number): boolean {
  const side = sideOf(state);
  const [best, worst] = side > 0 ? [high, low] : [low, high];
  return (worst - lastPrice(state, side)) * side <= 0 || (best - state.target) * side >= 0;
}
