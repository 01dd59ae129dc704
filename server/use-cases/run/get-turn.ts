import type { BacktestId, SweepId } from '#core/requests/ids.ts';
import { findBacktest } from '#server/db/queries/backtests.ts';
import { findTurn, keyOfJob } from '#server/db/queries/jobs.ts';
import { findSweep } from '#server/db/queries/sweeps.ts';
import { AppError } from '#server/errors.ts';
import { read, readAcross } from '../act/read.ts';
import { freely } from '../act/right.ts';
import type { Caller } from '../context.ts';
import type { RunRow } from './kinds.ts';
import { keyOfRun } from './queue-run.ts';

/**
 * Why a run waits: for the organisation's own runs, so many; for a thread that others have; for memory that others
 * have.
 */
export type Turn =
  | { readonly waitsFor: 'organisation'; readonly before: number }
  | { readonly waitsFor: 'thread' }
  | { readonly waitsFor: 'memory' };

/** Null when the run is not queued any more. */
export async function getTurn(
  caller: Caller,
  wanted: { readonly kind: 'backtest'; readonly id: BacktestId } | { readonly kind: 'sweep'; readonly id: SweepId },
): Promise<Turn | null> {
  const {
    db,
    principal: { orgId },
  } = caller;
  const run = await read(caller, 'org.read', (tx): Promise<Pick<RunRow, 'status'> | null> =>
    wanted.kind === 'backtest' ? findBacktest(tx, orgId, wanted.id) : findSweep(tx, orgId, wanted.id),
  );
  if (!run) throw new AppError('NOT_FOUND', `There is no such ${wanted.kind}.`);
  if (run.status !== 'queued') return null;
  // The queue is the system's: people see their own run's place in it, and no more.
  const turn = await readAcross(db, freely('the queue is the system’s, and the run is theirs'), (tx) =>
    findTurn(tx, `org:${orgId}`, keyOfJob(orgId, keyOfRun(wanted.id))),
  );
  if (!turn) return null;
  // A slot has taken its job, and it has not begun.
  if (turn.isTaken) return { waitsFor: 'memory' };
  return turn.before > 0 ? { waitsFor: 'organisation', before: turn.before } : { waitsFor: 'thread' };
}
