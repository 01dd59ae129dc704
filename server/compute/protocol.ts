import type { MonteCarlo, MonteCarloRequest } from '#core/engine/chance/monte-carlo.ts';
import type { MetricKey } from '#core/engine/figures/metrics.ts';
import type { Settings } from '#core/engine/outcome/settings.ts';
import type { KeptKey } from '#core/engine/sweep/ranking.ts';
import type { SlottedColumn } from '#core/engine/sweep/schedule.ts';
import type { Inputs, Space } from '#core/engine/sweep/space.ts';
import type { SweepPlan } from '#core/engine/sweep/sweep.ts';
import type { Windows } from '#core/engine/sweep/walk-forward.ts';
import type { Bars } from '#core/market/bars.ts';
import type { AppErrorCode } from '#core/requests/error-codes.ts';
import type { Unfinished } from '#core/result/outcome.ts';
import type { AdvanceOutcome, AdvanceTask } from '#server/compute/bot/bot-runners.ts';
import type { FormulaTaskKind, FormulaTasks } from '#server/compute/formula/formula-tasks.ts';
import type { KeptForward, KeptResult } from '#server/db/keep-result.ts';

/** What to compute on. The columns of the bars are in shared memory, so that a thread gets them without a copy. */
export interface Subject {
  /** The version's formula as JSON text. */
  readonly formula: string;
  readonly bars: Bars;
  /** Bars of other markets, by symbol. */
  readonly feeds: ReadonlyMap<string, Bars>;
  readonly settings: Settings;
}

export interface BacktestTask extends Subject {
  readonly inputs: Readonly<Record<string, number | boolean | string>>;
}

/** The pieces that a sweep is cut into, so that other tasks get their turn between them. */
export interface PlanTask {
  readonly subject: Subject;
  readonly space: Space;
  readonly slots: number;
  /** Each candidate is run over the samples of these windows; null: over all bars. */
  readonly windows: Windows | null;
}

export interface SweepSubject extends Subject {
  /** The same for all pieces of a sweep: a thread keeps what it has made ready. */
  readonly id: string;
  /** Each thread draws the settings for itself: they are never sent. */
  readonly space: Space;
  /** As `shareSpans` makes them. */
  readonly spans: Int32Array;
  /** Shared memory for the columns that candidates have in common. */
  readonly slots: readonly Float64Array[];
  /** Keys of the metrics that are wanted. */
  readonly keep: readonly KeptKey[];
  /**
   * Shared memory for the metrics of all candidates, as `SweepTable` has them. Each is written once, and the same again
   * by a piece that is begun anew.
   */
  readonly figures: Float64Array;
}

export interface LoadTask {
  readonly subject: SweepSubject;
  readonly candidate: number;
  readonly columns: readonly SlottedColumn[];
  readonly standing: readonly SlottedColumn[];
}

export interface CandidatesTask {
  readonly subject: SweepSubject;
  /** By their places in the space. */
  readonly candidates: readonly number[];
  readonly standing: readonly SlottedColumn[];
}

/** Which settings were best. */
export interface ChooseTask extends Pick<SweepSubject, 'space' | 'keep' | 'figures'> {
  /** A metric that is kept. */
  readonly by: MetricKey;
}

/** Trades the settings that were best in the sample of each window, on the bars behind the sample. */
export interface ForwardTask extends ChooseTask {
  readonly subject: Subject;
  readonly windows: Windows;
}

/** What is asked of a formula, apart from any run. */
export type FormulaTask = {
  readonly [Kind in FormulaTaskKind]: { readonly kind: Kind; readonly task: FormulaTasks[Kind]['task'] };
}[FormulaTaskKind];

/** Every kind of task with what comes of it when it is finished. */
export interface Tasks {
  readonly backtest: {
    readonly task: BacktestTask;
    readonly finished: { readonly type: 'finished'; readonly result: KeptResult; readonly engineVersion: string };
  };
  readonly plan: {
    readonly task: PlanTask;
    readonly finished: { readonly type: 'finished'; readonly plan: SweepPlan; readonly spans: Int32Array };
  };
  readonly load: { readonly task: LoadTask; readonly finished: { readonly type: 'finished' } };
  readonly monteCarlo: {
    readonly task: MonteCarloRequest;
    readonly finished: { readonly type: 'finished'; readonly drawn: MonteCarlo };
  };
  readonly candidates: { readonly task: CandidatesTask; readonly finished: { readonly type: 'finished' } };
  readonly choose: {
    readonly task: ChooseTask;
    /** Null when no candidate has the metric. */
    readonly finished: { readonly type: 'finished'; readonly best: Inputs | null };
  };
  readonly advance: {
    readonly task: AdvanceTask;
    readonly finished: Exclude<AdvanceOutcome, Unfinished>;
  };
  readonly formula: {
    readonly task: FormulaTask;
    readonly finished:
      | { readonly type: 'finished'; readonly done: FormulaTasks[FormulaTaskKind]['done'] }
      /** An expected failure, as the asker throws it. */
      | {
          readonly type: 'failed';
          readonly code: AppErrorCode;
          readonly message: string;
          readonly details: unknown;
        };
  };
  readonly forward: {
    readonly task: ForwardTask;
    readonly finished: { readonly type: 'finished'; readonly forward: KeptForward };
  };
}

export type TaskKind = keyof Tasks;
export type OutcomeOf<Kind extends TaskKind> = Unfinished | Tasks[Kind]['finished'];
export type Job = {
  readonly [Kind in TaskKind]: { readonly kind: Kind; readonly task: Tasks[Kind]['task'] };
}[TaskKind];

/** `stop[0]` turns 1 when the run is to stop; shared memory, since a thread that computes reads no messages. */
export interface RunMessage {
  readonly id: number;
  readonly job: Job;
  readonly stop: Int32Array;
}

export type ThreadMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'progress'; readonly id: number; readonly fraction: number }
  | { readonly type: 'outcome'; readonly id: number; readonly outcome: OutcomeOf<TaskKind> }
  /** The engine threw: a bug. The thread goes on. */
  | { readonly type: 'bug'; readonly id: number; readonly error: Error };
