/** An entry or exit that was decided at a bar's close, with its values as of that close. NaN: not set. */
export interface Order {
  /** Index of its action in the plan. */
  readonly action: number;
  readonly size: number;
  /** Prices, or fractions where the action says so. */
  readonly stop: number;
  readonly target: number;
  readonly trail: number;
  readonly limit: number;
  /** The bar on which a limit order that waits is withdrawn; Infinity: never. */
  readonly until: number;
}
