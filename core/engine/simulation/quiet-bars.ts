import type { Bars } from '#core/market/bars.ts';
import type { BrokerView } from '#core/trading/broker.ts';
import { ruinPrice } from '#core/trading/holdings.ts';
import { movedBy, tightened } from '#core/trading/levels.ts';
import type { Ledger } from '#core/trading/paper/ledger.ts';
import type { PaperState } from '#core/trading/paper/paper-state.ts';
import { canRuin } from '#core/trading/paper/ruin.ts';
import { sideOf } from '#core/trading/position.ts';
import { isProtected } from '#core/trading/protection.ts';
import type { Columns } from '../columns/batch.ts';
import type { EquityTally } from '../figures/equity-tally.ts';
import type { Action } from '../plan/plan.ts';

type When = Float64Array | 'always' | 'never';

/** Finds the bars at which actions are due, going forwards. Indices are those of the columns shown. */
export class DueBars {
  readonly #actions: readonly Action[];
  readonly #whens: When[];
  /** The next one of each action, at or behind the bar last asked for. */
  readonly #next: Int32Array;

  constructor(actions: readonly Action[]) {
    this.#actions = actions;
    this.#whens = actions.map(() => 'never');
    this.#next = new Int32Array(actions.length);
  }

  /** Other columns, or other bars of them. */
  look(columns: Columns): void {
    this.#actions.forEach(({ when }, action) => {
      this.#whens[action] =
        when.kind === 'constant' ? (when.value === 1 ? 'always' : 'never') : (columns[when.column] ?? 'never');
    });
    this.#next.fill(0);
  }

  /**
   * The first bar from `from` on, but before `to`, at which an action can change anything; else `to`. Nothing may be
   * waiting to be filled.
   */
  nextFrom(from: number, to: number, state: BrokerView): number {
    let first = to;
    for (let action = 0; action < this.#whens.length; action += 1)
      if (this.#matters(action, state)) first = this.#seek(action, from, first);
    return first;
  }

  #seek(action: number, from: number, to: number): number {
    const when = this.#whens[action];
    if (when === undefined || when === 'never') return to;
    if (when === 'always') return Math.min(from, to);
    let next = this.#next[action] ?? 0;
    if (next < from) next = from;
    while (next < to && when[next] !== 1) next += 1;
    this.#next[action] = next;
    return Math.min(next, to);
  }

  /** A further entry where none may be added is ignored, and so is an exit from what is not held. */
  #matters(index: number, { units, adds }: BrokerView): boolean {
    const action = this.#actions[index];
    switch (action?.kind) {
      case 'buy':
        return units <= 0 || adds < action.adds;
      case 'short':
        return units >= 0 || adds < action.adds;
      case 'sell':
        return units > 0;
      case 'cover':
        return units < 0;
      default:
        return false;
    }
  }
}

/**
 * Passes over bars at which nothing is decided or filled, as `openBar` and `closeBar` would: the same bits, without
 * their price. Stops before a bar that reaches a stop or target or uses up the equity; gives the first bar that it did
 * not pass.
 */
export function passQuietBars(ledger: Ledger, bars: Bars, tally: EquityTally, from: number, to: number): number {
  const { state } = ledger;
  if (to <= from || state.trailAction >= 0) return from;
  const passed = state.units === 0 ? passFlat(state, tally, from, to) : passHolding(ledger, bars, tally, from, to);
  if (passed === from) return from;
  state.bar += passed - from;
  state.equity = tally.last;
  if (tally.peak > state.peak) state.peak = tally.peak;
  return passed;
}

function passFlat(state: PaperState, tally: EquityTally, from: number, to: number): number {
  // Neither has been so before the first bar.
  if (!state.ruined && state.cash <= 0) return from;
  tally.rest(to - from);
  return to;
}

function passHolding(ledger: Ledger, bars: Bars, tally: EquityTally, from: number, to: number): number {
  const { state } = ledger;
  const { highest, lowest, trail } = state;
  const isWatched = isProtected(state) || ledger.followsExtremes;
  const end = isWatched ? watch(state, bars, from, to) : seekRuin(state, bars, from, to);
  const passed = tally.hold(bars.close, from, end, state.cash, state.units);
  if (passed < end && isWatched) {
    // Equity is used up before: what was seen behind does not count.
    state.highest = highest;
    state.lowest = lowest;
    state.trail = trail;
    watch(state, bars, from, passed);
  }
  state.barsHeld += passed - from;
  return passed;
}

/**
 * The first bar on which a position without a stop is worth less than nothing at some price; what is paid for in full
 * never is.
 */
function seekRuin(state: PaperState, { high, low }: Bars, from: number, to: number): number {
  if (!canRuin(state)) return to;
  const ruin = ruinPrice(state);
  let bar = from;
  if (state.units > 0) while (bar < to && (low[bar] ?? Number.NaN) > ruin) bar += 1;
  else while (bar < to && (high[bar] ?? Number.NaN) < ruin) bar += 1;
  return bar;
}

/** Follows the extremes and the trailing stop up to the bar that reaches a stop, a target or ruin, which it gives. */
function watch(state: PaperState, { open, high, low }: Bars, from: number, to: number): number {
  const { target, trailFraction } = state;
  const side = sideOf(state);
  const isTrailing = !Number.isNaN(trailFraction);
  const ruin = ruinPrice(state);
  const stop = (state.stop - ruin) * side >= 0 ? state.stop : ruin;
  let { highest, lowest, trail } = state;
  let bar = from;
  for (; bar < to; bar += 1) {
    const start = open[bar] ?? Number.NaN;
    const top = high[bar] ?? Number.NaN;
    const bottom = low[bar] ?? Number.NaN;
    const best = side > 0 ? Math.max(start, top) : Math.min(start, bottom);
    const worst = side > 0 ? Math.min(start, bottom) : Math.max(start, top);
    if ((worst - stop) * side <= 0 || (worst - trail) * side <= 0 || (best - target) * side >= 0) break;
    const isBetter = side > 0 ? top > highest : bottom < lowest;
    if (top > highest) highest = top;
    if (bottom < lowest) lowest = bottom;
    if (isTrailing && isBetter)
      trail = tightened(trail, movedBy(side > 0 ? highest : lowest, -side * trailFraction), side);
  }
  state.highest = highest;
  state.lowest = lowest;
  state.trail = trail;
  return bar;
}
