import { withOrg, type Tx } from '#server/db/database.ts';
import { findEntitlements } from '#server/use-cases/quota.ts';
import type { RunChange, RunKind, RunRow } from '#server/use-cases/run/kinds.ts';
import type { TaskOptions } from './compute/pool.ts';
import type { Unfinished } from './compute/protocol.ts';
import type { JobContext, JobHandler } from './handler.ts';
import { tellProgress } from './tell-progress.ts';

interface Finished {
  readonly type: 'finished';
}

/** What is particular to one kind of run. */
export interface RunHandling<Row extends RunRow, Work, Outcome extends Finished> {
  readonly kind: RunKind<Row>;
  /** Loads what it computes on; null when that is gone. */
  load(tx: Tx, row: Row, context: JobContext): Promise<Work | null>;
  compute(work: Work, context: JobContext, options: TaskOptions): Promise<Outcome | Unfinished>;
  /** Puts `end` and what came out into the row, if the run is still running, and keeps the large part of it; null when it was cancelled meanwhile. */
  keep(tx: Tx, row: RunRow, outcome: Outcome, work: Work, end: RunChange): Promise<RunRow | null>;
}

/** A job that computes one run: marks it, tells of its progress, stops when somebody cancels it, and records what became of it. */
export function handleRun<Payload extends { readonly orgId: string }, Row extends RunRow, Work, Outcome extends Finished>(idOf: (payload: Payload) => string, handling: RunHandling<Row, Work, Outcome>): JobHandler<Payload> {
  const { kind } = handling;
  return {
    run: async (payload, context) => {
      const [orgId, id] = [payload.orgId, idOf(payload)];
      const { db, log, cancellations, stopping } = context;
      const begun = await withOrg(db, orgId, async (tx) => {
        // `running` too: its worker may have been killed.
        const row = await kind.move(tx, orgId, id, ['queued', 'running'], { status: 'running', progress: 0, startedAt: new Date() });
        const work = row && (await handling.load(tx, row, context));
        if (!row || !work) return null;
        await kind.tell(tx, row, 'progress');
        const { runTime, weight } = await findEntitlements(tx, orgId);
        return { row, work, claim: { owner: orgId, weight, mostTime: runTime, spent: 0 } };
      });
      if (!begun) return;
      const { row, work, claim } = begun;
      const watch = cancellations.watch(id);
      const report = tellProgress((progress) => withOrg(db, orgId, async (tx) => {
        const moved = await kind.move(tx, orgId, id, ['running'], { progress });
        if (moved) await kind.tell(tx, moved, 'progress');
      }), log);
      try {
        const outcome = await handling.compute(work, context, { signal: AbortSignal.any([watch.signal, stopping]), claim, onProgress: report.onProgress });
        await report.settled();
        // Stopped by the end of the process and not by a person: another worker begins anew.
        if (outcome.type === 'stopped' && stopping.aborted && !watch.signal.aborted) throw new Error('the worker is stopping');
        await withOrg(db, orgId, async (tx) => {
          const end = { finishedAt: new Date(), progress: 1 };
          const ended = isFinished(outcome) ? await handling.keep(tx, row, outcome, work, { ...end, status: 'succeeded' }) : await kind.move(tx, orgId, id, ['running'], { ...end, ...endOf(outcome) });
          // A person cancelled it meanwhile, which they were told already.
          if (ended) await kind.tell(tx, ended, 'finished');
        });
      } finally {
        watch.done();
      }
    },
    giveUp: async (tx, payload, attempts) => {
      const failure = `The ${kind.noun} was tried ${attempts} times and did not come to an end. That is our fault, and it is logged.`;
      const row = await kind.move(tx, payload.orgId, idOf(payload), ['queued', 'running'], { status: 'failed', failure, finishedAt: new Date() });
      if (row) await kind.tell(tx, row, 'finished');
    },
  };
}

const isFinished = <Outcome extends Finished>(outcome: Outcome | Unfinished): outcome is Outcome => outcome.type === 'finished';

const endOf = (outcome: Unfinished): RunChange => (outcome.type === 'refused' ? { status: 'failed', failure: outcome.reason } : { status: 'cancelled' });
