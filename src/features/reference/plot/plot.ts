/** One series of a plot, a value for every bar of the prices; na is not drawn. */
export interface PlotLine {
  readonly name: string;
  readonly values: Float64Array;
  /** `steps` for what takes a few whole values, `columns` for what stands on zero. */
  readonly style: 'line' | 'steps' | 'columns';
}

export interface PlotMark {
  readonly bar: number;
  /** `up` and `down` point; `here` only says that something is true; `out` is where a position ends. */
  readonly kind: 'up' | 'down' | 'here' | 'out';
}

export interface Reading {
  readonly name: string;
  readonly values: Float64Array;
  readonly isBool: boolean;
}

/** Bars from `from` on, `to` not included. */
export interface BarRange {
  readonly from: number;
  readonly to: number;
}

/** What is drawn of a block: everything over the bars of `window`. */
export interface BlockPlot {
  readonly window: BarRange;
  /** Series on the scale of the prices. */
  readonly overlays: readonly PlotLine[];
  /** Series on scales of their own, those that fit one scale together. */
  readonly panes: readonly (readonly PlotLine[])[];
  readonly marks: readonly PlotMark[];
  /** Where a condition is true for longer than a moment. */
  readonly spans: readonly BarRange[];
  /** What marks and spans stand for, told for the bar under the pointer; null where series are drawn instead. */
  readonly reading: Reading | null;
  /** How often it happens in all the years, in words; null where there is nothing to count. */
  readonly count: string | null;
}
