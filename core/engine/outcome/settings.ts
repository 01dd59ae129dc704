/** How a backtest trades; the rules are in the README of this folder. */
export interface Settings {
  /** Starting money, in the market's currency. */
  readonly cash: number;
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
  readonly fill: 'open' | 'close';
  readonly closeAtEnd: boolean;
  /** Whether `short` is allowed. */
  readonly short: boolean;
}

export const DEFAULT_SETTINGS: Settings = {
  cash: 10_000,
  commission: 0,
  commissionFixed: 0,
  commissionMinimum: 0,
  slippage: 0,
  lot: 0,
  leverage: 1,
  fill: 'open',
  closeAtEnd: true,
  short: true,
};

/** The least and the most that makes sense: a fraction of 0.5 already takes half of every fill. */
export const SETTING_RANGES = {
  cash: [0.01, 1e15],
  commission: [0, 0.5],
  commissionFixed: [0, 1e15],
  commissionMinimum: [0, 1e15],
  slippage: [0, 0.5],
  lot: [0, 1e15],
  leverage: [0.01, 100],
} as const satisfies Partial<Record<keyof Settings, readonly [number, number]>>;
