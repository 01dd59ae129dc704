import type { Tx } from '#server/db/database.ts';
import { findBacktest, moveBacktest, type BacktestRow } from '#server/db/queries/backtests.ts';
import { findSweep, moveSweep, type SweepRow } from '#server/db/queries/sweeps.ts';
import { appendEvent } from '#server/live/append-event.ts';

/** What all runs have, whatever they compute. */
export type RunRow = Pick<BacktestRow, 'orgId' | 'id' | 'formulaId' | 'status' | 'progress'>;

/** What becomes of a run on its way through the queue. */
export type RunChange = Partial<Pick<BacktestRow, 'status' | 'progress' | 'failure' | 'startedAt' | 'finishedAt'>>;

/** One kind of what is queued, computed and told of. */
export interface RunKind<Row extends RunRow> {
  readonly noun: string;
  find(tx: Tx, orgId: string, id: string): Promise<Pick<RunRow, 'status'> | null>;
  /** Changes a run that is in one of the states `from`; null when it is in another, or gone. */
  move(tx: Tx, orgId: string, id: string, from: readonly RunRow['status'][], change: RunChange): Promise<Row | null>;
  /** Tells open browsers. */
  tell(tx: Tx, row: RunRow, what: 'queued' | 'progress' | 'finished'): Promise<unknown>;
}

export const BACKTEST: RunKind<BacktestRow> = {
  noun: 'backtest',
  find: findBacktest,
  move: moveBacktest,
  tell: (tx, { orgId, id, formulaId, status, progress }, what) =>
    appendEvent(tx, orgId, { kind: `backtest.${what}`, payload: { backtestId: id, formulaId, status, progress } }),
};

export const SWEEP: RunKind<SweepRow> = {
  noun: 'sweep',
  find: findSweep,
  move: moveSweep,
  tell: (tx, { orgId, id, formulaId, status, progress }, what) =>
    appendEvent(tx, orgId, { kind: `sweep.${what}`, payload: { sweepId: id, formulaId, status, progress } }),
};
