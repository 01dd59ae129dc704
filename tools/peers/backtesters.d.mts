// What `npm run bench` uses of the packages, so that types are checked where the packages are not installed.

export interface Bar {
  readonly time: Date;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

export interface Trade {
  readonly entryTime: Date;
  readonly entryPrice: number;
  readonly exitTime: Date;
  readonly exitPrice: number;
  readonly exitReason: string;
}

export interface Strategy<R extends Bar> {
  entryRule(enter: () => void, args: { readonly bar: R }): void;
  exitRule(exit: () => void, args: { readonly bar: R }): void;
}

export declare class DataFrame<R> {
  constructor(rows: readonly R[]);
  readonly rowType?: R;
}

export declare function backtest<R extends Bar>(strategy: Strategy<R>, bars: DataFrame<R>): Trade[];
