/** What trading costs at a broker, and what the broker allows. */
export interface Terms {
  /** Fraction of notional on every fill. */
  readonly commission: number;
  /** Fixed amount on every fill, added to the fraction. */
  readonly commissionFixed: number;
  /** The least a fill costs. */
  readonly commissionMinimum: number;
  /** Fraction against you on every market and stop fill. */
  readonly slippage: number;
  /** Smallest tradable unit; 0 for fractional. */
  readonly lot: number;
  /** Gross exposure allowed, as a multiple of equity. */
  readonly leverage: number;
  /** Whether market orders fill at the open of the bar behind the deciding bar, or at the close that decides. */
  readonly fill: 'open' | 'close';
  /** Whether `short` is allowed. */
  readonly short: boolean;
}

/** What a fill of so many units (0 or more) costs in commission, in money. */
export const commissionOf = (terms: Terms, units: number, price: number): number =>
  units === 0 ? 0 : Math.max(terms.commissionMinimum, units * price * terms.commission + terms.commissionFixed);
