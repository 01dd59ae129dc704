import type { OrgId, RunId } from '#core/requests/ids.ts';
import type { Tx } from '#server/db/database.ts';
import { findBacktest, moveBacktest, type BacktestRow } from '#server/db/queries/backtests.ts';
import { findSweep, moveSweep, type SweepRow } from '#server/db/queries/sweeps.ts';
import type { PreparedJob } from '#server/queue/prepare-job.ts';
import type { Unit } from '../act/act.ts';

/** What all runs have, whatever they compute. */
export interface RunRow<Id extends RunId = RunId> extends Pick<
  BacktestRow,
  'orgId' | 'formulaId' | 'status' | 'progress'
> {
  readonly id: Id;
}

/** A run that may have ended: who asked, when, and how it went. */
export type EndingRow<Id extends RunId = RunId> = RunRow<Id> &
  Pick<BacktestRow, 'requestedBy' | 'queuedAt' | 'finishedAt' | 'failure'>;

/** What becomes of a run on its way through the queue. */
export type RunChange = Partial<Pick<BacktestRow, 'status' | 'progress' | 'failure' | 'startedAt' | 'finishedAt'>>;

/** One kind of what is queued, computed and told of. */
export interface RunKind<Row extends RunRow, Id extends RunId = Row['id']> {
  readonly noun: string;
  find(tx: Tx, orgId: OrgId, id: Id): Promise<Pick<RunRow, 'status'> | null>;
  /** Changes a run that is in one of the states `from`; null when it is in another, or gone. */
  move(
    tx: Tx,
    run: { readonly orgId: OrgId; readonly id: Id },
    from: readonly RunRow['status'][],
    change: RunChange,
  ): Promise<Row | null>;
  /** Says what happened to a run. */
  readonly queue: (unit: Unit, row: RunRow<Id>, job: PreparedJob) => void;
  readonly tell: (unit: Unit, row: RunRow<Id>, what: 'progressed' | 'cancelled') => void;
  readonly end: (unit: Unit, row: EndingRow<Id>) => void;
}

const waitedOf = ({ requestedBy, queuedAt, finishedAt, failure }: EndingRow) =>
  requestedBy === null || finishedAt === null
    ? null
    : { userId: requestedBy, ms: finishedAt.getTime() - queuedAt.getTime(), failure };

const toldOf = <Id extends RunId>({ id, formulaId, status, progress }: RunRow<Id>) => ({
  id,
  formulaId,
  status,
  progress,
});

export const BACKTEST: RunKind<BacktestRow> = {
  noun: 'backtest',
  find: findBacktest,
  move: moveBacktest,
  queue: ({ happened }, row, job) => happened('backtest.queued', { ...toldOf(row), job }),
  tell: ({ happened }, row, what) => happened(`backtest.${what}`, toldOf(row)),
  end: ({ happened }, row) => happened('backtest.finished', { ...toldOf(row), waited: waitedOf(row) }),
};

export const SWEEP: RunKind<SweepRow> = {
  noun: 'sweep',
  find: findSweep,
  move: moveSweep,
  queue: ({ happened }, row, job) => happened('sweep.queued', { ...toldOf(row), job }),
  tell: ({ happened }, row, what) => happened(`sweep.${what}`, toldOf(row)),
  end: ({ happened }, row) => happened('sweep.finished', { ...toldOf(row), waited: waitedOf(row) }),
};
