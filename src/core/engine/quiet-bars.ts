import type { Bars } from '../market/bars.ts';
import type { Columns } from './batch.ts';
import { drawdownOf, type Ledger } from './ledger.ts';
import { tightened } from './order.ts';
import type { Action } from './plan.ts';
import { sideOf } from './protection.ts';

/** Finds the bars at which an action is due, going forwards. */
export class DueBars {
  /** The next one of each action, at or behind the bar last asked for. */
  readonly #next: number[];
  readonly #whens: readonly (Float64Array | 'always' | 'never')[];

  constructor(actions: readonly Action[], columns: Columns) {
    this.#whens = actions.map(({ when }) => (when.kind === 'constant' ? (when.value === 1 ? 'always' : 'never') : (columns[when.column] ?? 'never')));
    this.#next = this.#whens.map(() => -1);
  }

  /** The first bar from `from` on, but before `to`; else `to`. */
  nextFrom(from: number, to: number): number {
    let first = to;
    for (let action = 0; action < this.#whens.length; action += 1) {
      const when = this.#whens[action];
      if (when === undefined || when === 'never') continue;
      if (when === 'always') return from;
      let next = this.#next[action] ?? -1;
      if (next < from) next = from;
      while (next < first && when[next] !== 1) next += 1;
      this.#next[action] = next;
      if (next < first) first = next;
    }
    return first;
  }
}

/**
 * Passes over bars at which nothing is due, as `openBar` and `closeBar` would: the same bits, without their price. Stops before a bar
 * that reaches a stop or target or uses up the equity; gives the first bar that it did not pass.
 */
export function passQuietBars(ledger: Ledger, bars: Bars, from: number, to: number, equity: Float64Array, drawdown: Float64Array): number {
  const { state } = ledger;
  if (to <= from || state.orders.length > 0 || state.resting.length > 0 || state.trailAction >= 0) return from;
  const passed = state.units === 0 ? passFlat(ledger, from, to, equity, drawdown) : passHolding(ledger, bars, from, to, equity, drawdown);
  if (passed === from) return from;
  const last = passed - 1;
  state.bar += passed - from;
  state.equity = equity[last] ?? Number.NaN;
  ledger.bar.time = bars.time[last] ?? 0;
  ledger.bar.close = bars.close[last] ?? Number.NaN;
  return passed;
}

function passFlat({ state }: Ledger, from: number, to: number, equity: Float64Array, drawdown: Float64Array): number {
  // Neither has been so before the first bar.
  if (!state.ruined && state.cash <= 0) return from;
  equity.fill(state.cash, from, to);
  drawdown.fill(drawdownOf(state.cash, state.peak), from, to);
  return to;
}

function passHolding({ state }: Ledger, { open, high, low, close }: Bars, from: number, to: number, equity: Float64Array, drawdown: Float64Array): number {
  const { cash, units, stop, target, trailFraction } = state;
  const side = sideOf(state);
  const isTrailing = !Number.isNaN(trailFraction);
  const isProtected = isTrailing || !Number.isNaN(stop) || !Number.isNaN(target);
  let { highest, lowest, trail, peak } = state;
  let bar = from;
  for (; bar < to; bar += 1) {
    const top = high[bar] ?? Number.NaN;
    const bottom = low[bar] ?? Number.NaN;
    const value = cash + units * (close[bar] ?? Number.NaN);
    if (!(value > 0)) break;
    if (isProtected) {
      const start = open[bar] ?? Number.NaN;
      const [best, worst] = side > 0 ? [Math.max(start, top), Math.min(start, bottom)] : [Math.min(start, bottom), Math.max(start, top)];
      if ((worst - stop) * side <= 0 || (worst - trail) * side <= 0 || (best - target) * side >= 0) break;
    }
    if (top > highest) highest = top;
    if (bottom < lowest) lowest = bottom;
    if (isTrailing) trail = tightened(trail, (side > 0 ? highest : lowest) * (1 - side * trailFraction), side);
    if (value > peak) peak = value;
    equity[bar] = value;
    drawdown[bar] = value < peak ? value / peak - 1 : 0;
  }
  state.highest = highest;
  state.lowest = lowest;
  state.trail = trail;
  state.peak = peak;
  state.barsHeld += bar - from;
  return bar;
}
