/** Of a position: 1 long, -1 short. */
export type Side = 1 | -1;

/** A stop, target, trail or limit: a fraction of a price, or a price. */
export interface LevelKind {
  readonly percent: boolean;
}

/** What the number of a size means. `fraction` of equity, `free` of what margin still allows. */
export interface SizeKind {
  readonly kind: 'fraction' | 'free' | 'units' | 'cash' | 'risk';
}

/** What all orders of one action of a strategy have in common. */
export interface OrderTerms {
  /** Of the position that the order opens or closes. */
  readonly side: Side;
  readonly isEntry: boolean;
  readonly size: SizeKind;
  readonly stop: LevelKind | null;
  readonly target: LevelKind | null;
  readonly trail: LevelKind | null;
  /** Null: a market order. */
  readonly limit: LevelKind | null;
  /** Bars after which an unfilled limit order is withdrawn; Infinity when never. */
  readonly expires: number;
  /** How often the order may add to a position. */
  readonly adds: number;
}

/** An entry or exit that was decided at a bar's close, with its values as of that close. NaN: not set. */
export interface Order {
  /** Index of the action of the strategy that the order comes from: index of its `OrderTerms`. */
  readonly action: number;
  readonly size: number;
  /** Prices, or fractions where the terms say so. */
  readonly stop: number;
  readonly target: number;
  readonly trail: number;
  /** A price. */
  readonly limit: number;
  /** The bar on which a limit order that waits is withdrawn; Infinity: never. */
  readonly until: number;
}

/** Why an order can't be: words, made only when somebody reads them. */
export type Refusal = () => string;

/** Whether an order asks for the same as another. */
export const isSameOrder = (a: Order, b: Order): boolean =>
  a.action === b.action &&
  a.limit === b.limit &&
  a.size === b.size &&
  isSameLevel(a.stop, b.stop) &&
  isSameLevel(a.target, b.target) &&
  isSameLevel(a.trail, b.trail);

/** NaN is not set. A fraction of -0 is one of 0. */
const isSameLevel = (a: number, b: number): boolean => a === b || (Number.isNaN(a) && Number.isNaN(b));
