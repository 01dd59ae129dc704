import type { Span } from '#core/engine/figures/benchmark.ts';
import type { BacktestResult } from '#core/engine/outcome/backtest-result.ts';
import type { Settings } from '#core/engine/outcome/settings.ts';
import type { PreviewProblem } from '#core/engine/preview.ts';
import type { BarStory } from '#core/engine/why/decision.ts';
import type { Formula, NodeId } from '#core/formula/model/formula.ts';
import type { Bars } from '#core/market/bars.ts';
import type { Fill } from '#core/trading/fill.ts';
import type { Spark } from './spark.ts';

export type { BarStory } from '#core/engine/why/decision.ts';

/** A bar that is to be explained, or the bar at whose close a fill was decided. */
export type Wondered =
  | { readonly kind: 'bar'; readonly bar: number }
  | { readonly kind: 'fill'; readonly fill: Pick<Fill, 'bar' | 'reason' | 'price'> };

/** What the page asks of the worker that holds the engine. Each is answered by one `FromWorker`, but for `bars`. */
export type ToWorker =
  | { readonly type: 'bars'; readonly own: Bars; readonly feeds: ReadonlyMap<string, Bars> }
  | { readonly type: 'run'; readonly formula: Formula; readonly settings: Settings; readonly span?: Span }
  /** The value of every output at a bar; of what the function is made of that is called there, in that call. */
  | { readonly type: 'look'; readonly bar: number; readonly call: NodeId | null }
  /** The whole series of the outputs of these nodes, to be drawn. */
  | { readonly type: 'series'; readonly nodes: readonly NodeId[] }
  /** Small pictures of the first outputs of these nodes, over some of the bars. */
  | { readonly type: 'sparks'; readonly nodes: readonly NodeId[]; readonly span: Span | null }
  | { readonly type: 'story'; readonly of: Wondered };

/** One number an output, in the order of the block; NaN is `na`. */
export type NodeValues = ReadonlyMap<NodeId, readonly number[]>;

export interface DrawnSeries {
  readonly node: NodeId;
  readonly outputs: readonly { readonly name: string; readonly values: Float64Array }[];
}

export type FromWorker =
  | {
      readonly type: 'ran';
      readonly result: BacktestResult;
      readonly doubts: readonly string[];
      readonly milliseconds: number;
    }
  | { readonly type: 'problem'; readonly problem: PreviewProblem }
  | { readonly type: 'values'; readonly bar: number; readonly values: NodeValues }
  | { readonly type: 'series'; readonly series: readonly DrawnSeries[] }
  | { readonly type: 'sparks'; readonly sparks: ReadonlyMap<NodeId, Spark> }
  | { readonly type: 'story'; readonly story: BarStory | null };
