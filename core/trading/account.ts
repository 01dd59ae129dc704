/** Money: a fold over fills, and over the closes at which the position was valued. */
export interface Account {
  cash: number;
  /** Cash before the position was opened, with what parts of the position have won since: equal to `cash` when flat. */
  flatCash: number;
  /** Commission paid, and money that changed hands, in all. */
  commission: number;
  turnover: number;
  /** Whether a fill has left nothing: the account trades no more. */
  ruined: boolean;
  /**
   * Cash and position at the last close, the most that they were worth at a close, and closes at which there was a
   * position.
   */
  equity: number;
  peak: number;
  barsHeld: number;
}

export const openAccount = (cash: number): Account => ({
  cash,
  flatCash: cash,
  commission: 0,
  turnover: 0,
  ruined: false,
  equity: cash,
  peak: cash,
  barsHeld: 0,
});

/** 0 at a peak, negative below it, as a fraction. */
export const drawdownOf = ({ equity, peak }: Pick<Account, 'equity' | 'peak'>): number =>
  equity < peak ? equity / peak - 1 : 0;
