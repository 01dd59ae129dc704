import { ruinPrice } from '../holdings.ts';
import type { PaperState } from './paper-state.ts';

/**
 * Whether prices can take all equity. What rounding leaves unpaid of "all of it" is no debt: no price falls to a
 * billionth.
 */
export const canRuin = (state: PaperState): boolean =>
  state.units < 0
    ? state.cash <= 0 || ruinPrice(state) > 1e-9 * state.entryPrice
    : state.cash < 0 && ruinPrice(state) > 1e-9 * state.entryPrice;
