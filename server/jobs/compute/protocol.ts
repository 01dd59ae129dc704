import type { BacktestResult } from '#core/engine/result.ts';
import type { Settings } from '#core/engine/settings.ts';
import type { Bars } from '#core/market/bars.ts';

/** What to compute. The columns of the bars are in shared memory, so that a thread gets them without a copy. */
export interface BacktestTask {
  /** The version's formula as JSON text. */
  readonly formula: string;
  readonly inputs: Readonly<Record<string, number | boolean | string>>;
  readonly bars: Bars;
  /** Bars of other markets, by symbol. */
  readonly feeds: ReadonlyMap<string, Bars>;
  readonly settings: Settings;
}

/** How it ended. `refused`: the formula or the data is wrong, and `reason` says what in words for people. */
export type Outcome =
  | { readonly type: 'finished'; readonly result: BacktestResult; readonly engineVersion: string }
  | { readonly type: 'stopped' }
  | { readonly type: 'refused'; readonly reason: string };

/** `stop[0]` turns 1 when the run is to stop; shared memory, since a thread that computes reads no messages. */
export interface RunMessage {
  readonly id: number;
  readonly task: BacktestTask;
  readonly stop: Int32Array;
}

export type ThreadMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'progress'; readonly id: number; readonly fraction: number }
  | { readonly type: 'outcome'; readonly id: number; readonly outcome: Outcome }
  /** The engine threw: a bug. The thread goes on. */
  | { readonly type: 'bug'; readonly id: number; readonly error: Error };
