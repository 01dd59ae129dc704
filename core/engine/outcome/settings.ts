import type { Terms } from '#core/trading/terms.ts';

/** How a backtest trades; the rules are in the README of the engine. */
export interface Settings extends Terms {
  /** Starting money, in the market's currency. */
  readonly cash: number;
  /** Whether what is open at the last close is closed there. */
  readonly closeAtEnd: boolean;
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

/** Settings as somebody kept them: what is not of the type that a setting has today has its default. */
export function settingsFrom(kept: object): Settings {
  const defaults: Readonly<Record<string, unknown>> = { ...DEFAULT_SETTINGS };
  const known = Object.entries(kept).filter(
    ([name, value]) => name in defaults && typeof value === typeof defaults[name],
  );
  return { ...DEFAULT_SETTINGS, ...Object.fromEntries(known) };
}
