import type { ExitReason } from '#core/trading/fill.ts';
import type { Side, SignalKind } from '../outcome/backtest-result.ts';

/** A level of a naive action: a fraction or a price, at each bar, or one price whatever the bar. */
export type NaiveLevel =
  | { readonly percent: (bar: number) => number }
  | { readonly price: (bar: number) => number }
  | { readonly constant: number };

export interface NaiveAction {
  readonly kind: 'buy' | 'sell' | 'short' | 'cover';
  readonly when: (bar: number) => boolean;
  /** `value`: as of the close that decides. */
  readonly size: {
    readonly kind: 'fraction' | 'free' | 'units' | 'cash' | 'risk';
    readonly value: (bar: number) => number;
  };
  readonly stop?: NaiveLevel;
  readonly target?: NaiveLevel;
  readonly trail?: NaiveLevel;
  readonly limit?: NaiveLevel;
  readonly expires?: number;
  readonly adds: number;
}

export interface NaiveTrade {
  readonly side: Side;
  readonly units: number;
  readonly entryBar: number;
  readonly exitBar: number;
  readonly entryPrice: number;
  readonly exitPrice: number;
  readonly net: number;
  readonly mae: number;
  readonly mfe: number;
  readonly reason: ExitReason;
}

export interface NaiveRun {
  readonly trades: NaiveTrade[];
  readonly equity: number[];
  /** The bars of rejected orders. */
  readonly rejected: number[];
  readonly signals: { readonly bar: number; readonly kind: SignalKind }[];
}

export const signOf = ({ kind }: NaiveAction): 1 | -1 => (kind === 'buy' || kind === 'sell' ? 1 : -1);
export const isEntry = ({ kind }: NaiveAction): boolean => kind === 'buy' || kind === 'short';
