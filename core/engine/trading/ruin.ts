import type { SimulatorState } from './simulator-state.ts';

/** The price at which a position leaves no equity: not above 0 where no price can take all of it. */
export const ruinPrice = ({ cash, units }: SimulatorState): number => -cash / units;

/** Whether prices can take all equity. What rounding leaves unpaid of "all of it" is no debt: no price falls to a billionth. */
export const canRuin = (state: SimulatorState): boolean =>
  ruinPrice(state) > 1e-9 * state.entryPrice || (state.units < 0 && state.cash <= 0);
