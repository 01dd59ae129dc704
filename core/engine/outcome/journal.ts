import type { RejectedOrder, Signal, Trade } from './backtest-result.ts';

/** What a run has to tell one by one, in order. A sweep keeps none: it wants figures alone. */
export interface Journal {
  readonly trades: Trade[];
  readonly rejected: RejectedOrder[];
  readonly signals: Signal[];
}

export const emptyJournal = (): Journal => ({ trades: [], rejected: [], signals: [] });
