import type { Columns } from './batch.ts';
import type { Ledger } from './ledger.ts';
import { read, tightened } from './order.ts';
import type { ExitReason } from './result.ts';
import type { SimulatorState } from './simulator-state.ts';

/** The nearer of stop and trailing stop; NaN without either, which no price reaches. */
export function stopPrice({ stop, trail }: SimulatorState, side: 1 | -1): number {
  if (Number.isNaN(stop)) return trail;
  if (Number.isNaN(trail)) return stop;
  return side > 0 ? Math.max(stop, trail) : Math.min(stop, trail);
}

const stopReason = (state: SimulatorState, price: number): ExitReason => (price === state.stop ? 'stop' : 'trail');

export const sideOf = ({ units }: SimulatorState): 1 | -1 => (units > 0 ? 1 : -1);

export const isTrailing = ({ trailFraction, trailAction }: SimulatorState): boolean => trailAction >= 0 || !Number.isNaN(trailFraction);

/** Whether there is a position with a stop, a target or a trailing stop. */
export const isProtected = (state: SimulatorState): boolean => isTrailing(state) || !Number.isNaN(state.stop) || !Number.isNaN(state.target) || !Number.isNaN(state.trail);

/** Stops and targets of a position that was open at the bar's open, or was opened there. */
export function leaveWithin(ledger: Ledger): void {
  const { state } = ledger;
  const { open, high, low } = ledger.bar;
  const side = sideOf(state);
  const stop = stopPrice(state, side);
  const { target } = state;
  // In the position's own direction: `best` is the end of the bar that is good for it.
  const [best, worst] = side > 0 ? [high, low] : [low, high];
  if ((open - target) * side >= 0) ledger.exit(open, 'target');
  else if ((open - stop) * side <= 0) ledger.exit(ledger.slipped(open, -side), stopReason(state, stop));
  else if ((worst - stop) * side <= 0) ledger.exit(ledger.slipped(stop, -side), stopReason(state, stop));
  else if ((best - target) * side >= 0) ledger.exit(target, 'target');
}

/** Behind an entry within the bar only what surely came later counts: the worst, but of the best no more than the close. */
export function leaveBehindLimit(ledger: Ledger, side: 1 | -1): void {
  const { state } = ledger;
  const { close, high, low } = ledger.bar;
  const stop = stopPrice(state, side);
  if (((side > 0 ? low : high) - stop) * side <= 0) ledger.exit(ledger.slipped(stop, -side), stopReason(state, stop));
  else if ((close - state.target) * side >= 0) ledger.exit(state.target, 'target');
}

/** Moves the trailing stop after the bar has closed. */
export function moveTrail(ledger: Ledger, columns: Columns, at: number): void {
  const { state } = ledger;
  const side = sideOf(state);
  const trail = state.trailAction < 0 ? null : ledger.actions[state.trailAction]?.trail;
  const level = trail ? read(trail.operand, columns, at) : trailLevel(state, side);
  state.trail = tightened(state.trail, level, side);
}

/** Where a trailing stop that keeps a fraction off the best price stands. */
const trailLevel = ({ highest, lowest, trailFraction }: SimulatorState, side: 1 | -1): number => (side > 0 ? highest : lowest) * (1 - side * trailFraction);
