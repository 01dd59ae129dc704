import type { Bounds, Interval } from './interval.ts';
import type { Unit, UnitRule } from './unit.ts';

/**
 * What a port takes or an output gives.
 *
 * `number`, `bool`, `string` are constants: a literal, or a wire from an `input` (or arithmetic on constants).
 * `series<…>` has a value at every bar; a constant fits there too. `level` is a price series or a percentage of the
 * entry price (stops, targets). `size` is a fraction of equity, or what `free`, `units`, `cash` and `risk` give. `feed`
 * is another clock. `any` is a number, bool or string, constant or series; an output `any` has the type of the first
 * input `any`.
 */
export type ValueType =
  'number' | 'bool' | 'string' | 'series<number>' | 'series<bool>' | 'any' | 'level' | 'size' | 'feed';

export type BlockGroup =
  | 'input'
  | 'price'
  | 'math'
  | 'logic'
  | 'events'
  | 'windows'
  | 'indicators'
  | 'patterns'
  | 'position'
  | 'actions'
  | 'functions';

export interface Port {
  readonly name: string;
  readonly type: ValueType;
  readonly help: string;
  /** Left out: the port must be given. `null` is `na`, or "not set" for a level or size. */
  readonly default?: number | boolean | string | null;
  readonly min?: number;
  readonly max?: number;
  readonly integer?: boolean;
  /** The only values allowed of a string port; with a `format` the usual ones. */
  readonly options?: readonly string[];
  /** What a string port takes beyond its options: the length of a bar, as `parseTimeframe` reads it. */
  readonly format?: 'timeframe';
  readonly unit?: 'bars' | 'price' | 'percent' | 'ratio';
  /**
   * Of a series that a block looks back over: that it may be the same at every bar (`crossover(x, 30)`), as long as
   * another of them is not.
   */
  readonly mayStandStill?: true;
  /** The price that stands for the series where none was given; the close unless said otherwise. */
  readonly usual?: 'open' | 'high' | 'low' | 'volume';
}

/**
 * What the definition guarantees of an output, on whatever bars: the checker finds conditions that can never be true by
 * it.
 */
export interface Guarantee {
  readonly min?: number;
  readonly max?: number;
  /** Only whole numbers. */
  readonly integer?: true;
  /** Rounding may carry values a little beyond `min` and `max`: a millionth of their size at the most. */
  readonly rounded?: true;
  /** Bars may lack it, at any of them: of what a block reads without a wire. */
  readonly mayLack?: true;
}

export interface Output extends Guarantee {
  readonly name: string;
  readonly type: 'series<number>' | 'series<bool>' | 'any' | 'size';
  readonly help?: string;
  /** Where it is of another unit than the block's others. */
  readonly unit?: Unit;
}

/** What holds between two ports at a bar at which the output is true: no comparison with `na` is. */
export type Implied = readonly [port: string, relation: '<' | '<=' | '==' | '!=', port: string];

/** Constant arguments by port name, defaults filled in. */
export type Params = Readonly<Record<string, number | boolean | string | null>>;

/**
 * The two forms of one computation. Bools are 0 and 1, `na` is NaN. Both must give the same bits on the same bars.
 *
 * Columns come in the order of `Block.inputs` that are series (constants lifted to constant columns by the engine
 * unless the port's type is constant), preceded by those of `Block.reads`.
 */
export interface Kernel {
  /**
   * Fills each of `out` (one column an output, `length` long) from `columns`. Must write every bar, `na` in warm-up.
   */
  batch(params: Params, columns: readonly Float64Array[], out: readonly Float64Array[], length: number): void;
  /** `batch` reads a bar before it writes it, and not again behind it: an output may be the column of an input. */
  readonly inPlace?: true;
  /**
   * How many bars back `batch` reads: its value at a bar depends on nothing but the inputs at that bar and at so many
   * before. Left out: any.
   */
  reach?(params: Params): number;
  /** A fresh state that takes one bar at a time in O(1), amortised for windows. */
  stream(params: Params): StreamState;
}

export type NextValue = (a: number, b: number, c: number, d: number) => number;

export interface StreamState {
  /** `values`: one number a column, as above; writes one number an output into `out`. */
  step(values: Float64Array, out: Float64Array): void;
  /**
   * The same for kernels of up to four columns and one output, without the detour through memory. Those that are not
   * there are NaN.
   */
  readonly next?: NextValue;
  /**
   * Everything that the future depends on, as plain numbers (NaN allowed), so that it can be stored and restored to the
   * bit.
   */
  save(): number[];
  restore(saved: readonly number[]): void;
}

/** Columns of the bars that a block reads by itself, without a wire (`atr(14)` reads high, low, close of its feed). */
export type BarSource = 'time' | 'date' | 'open' | 'high' | 'low' | 'close' | 'volume' | 'index';

interface BlockBase {
  /** The name in code and JSON. */
  readonly name: string;
  /** The name on the node. */
  readonly title: string;
  readonly group: BlockGroup;
  /** One line, in plain words. */
  readonly help: string;
  /** Where the definition comes from. */
  readonly source: string;
  readonly inputs: readonly Port[];
  readonly outputs: readonly Output[];
  /** The unit of the numbers that it gives; left out where it can't be told. */
  readonly unit?: UnitRule;
  /**
   * Code that shows it at work, an expression or statements, where the one that `exampleOf` makes from its ports says
   * little.
   */
  readonly example?: string;
  /** How code writes it when not as a call: `a + b`, `not a`, `a[1]`, or a bare name (`close`). */
  readonly syntax?:
    | { readonly kind: 'infix' | 'prefix'; readonly symbol: string; readonly precedence: number }
    | { readonly kind: 'index' }
    | { readonly kind: 'name' };
}

/** A block that the engine computes column by column. */
export interface KernelBlock extends BlockBase {
  readonly kind: 'kernel';
  readonly reads?: readonly BarSource[];
  /** The value at a bar depends on nothing but the inputs at that bar, so that of constants it is a constant. */
  readonly pointwise?: true;
  /**
   * Each value that it gives is one of those that it takes, or of those of the bars that it reads; nothing is computed.
   */
  readonly selects?: true;
  /**
   * Whether it may give a value where one of its series is missing, by the bounds of what it takes. Left out: a series
   * of numbers that is missing from the first bar on keeps its values missing for as long.
   */
  readonly fillsIn?: (of: (port: string) => Interval) => boolean;
  /** Bounds of its first output, narrower than what the output guarantees, where those of its inputs are known. */
  readonly bounds?: Bounds;
  /** Of a condition: what is the case whenever it is true. Of a pointwise one this is its very definition. */
  readonly implies?: readonly Implied[];
  /** Bars before the first value, for these parameters. */
  lookback(params: Params): number;
  readonly kernel: Kernel;
}

/** A block whose meaning is the engine's own: inputs, plain values, feeds, the position, sizes, actions. */
export interface SpecialBlock extends BlockBase {
  readonly kind: 'input' | 'value' | 'feed' | 'position' | 'size' | 'action' | 'call';
}

export type Block = KernelBlock | SpecialBlock;
