import { bytesInWords } from '#core/engine/sweep/bytes-in-words.ts';
import type { OrgId } from '#core/requests/ids.ts';
import type { Unfinished } from '#core/result/outcome.ts';
import type { TaskOptions } from '#server/compute/compute-pool.ts';
import type { Tx } from '#server/db/database.ts';
import { act, type Unit } from '#server/use-cases/act/act.ts';
import { freely } from '#server/use-cases/act/right.ts';
import { bySystem } from '#server/use-cases/context.ts';
import { findEntitlements } from '#server/use-cases/quota.ts';
import type { EndingRow, RunChange, RunKind } from '#server/use-cases/run/kinds.ts';
import { type JobContext, type JobHandler, WorkerStopping } from './handler.ts';
import { reportProgress } from './report-progress.ts';

const ASKED = freely('somebody with the permission has asked for the run');

interface Finished {
  readonly type: 'finished';
}

/** What a run was, what came out, and what its row says of its end. */
interface Ended<Work, Outcome> {
  readonly work: Work;
  readonly outcome: Outcome;
  readonly end: RunChange;
}

/** What is particular to one kind of run. */
export interface RunHandling<Row extends EndingRow, Work, Outcome extends Finished> {
  readonly kind: RunKind<Row>;
  /** Loads what it computes on; null when that is gone. */
  load(tx: Tx, row: Row, context: JobContext): Promise<Work | null>;
  /** What it is estimated to take of the memory that runs share, in bytes. */
  bytesOf(work: Work, row: Row, context: JobContext): Promise<number>;
  compute(work: Work, context: JobContext, options: TaskOptions): Promise<Outcome | Unfinished>;
  /**
   * Puts `end` and what came out into the row, if the run is still running, and keeps the large part of it; null when
   * it was cancelled meanwhile.
   */
  keep(tx: Tx, row: Row, ended: Ended<Work, Outcome>): Promise<Row | null>;
}

/**
 * A job that computes one run: waits for memory, marks it, tells of its progress, stops when somebody cancels it, and
 * records what became of it. A run that waits for memory is still queued.
 */
export function handleRun<
  Payload extends { readonly orgId: OrgId },
  Row extends EndingRow,
  Work,
  Outcome extends Finished,
>(idOf: (payload: Payload) => Row['id'], handling: RunHandling<Row, Work, Outcome>): JobHandler<Payload> {
  const { kind } = handling;
  return {
    run: async (payload, context) => {
      const [orgId, id] = [payload.orgId, idOf(payload)];
      const { db, log, memory, cancellations, stopping } = context;
      // `running` too: its worker may have been killed.
      const inUnit = <T>(work: (unit: Unit) => Promise<T>): Promise<T> =>
        act(bySystem(db, { task: `run-${kind.noun}`, orgId }), ASKED, work);
      const begin = async (unit: Unit): Promise<Row | null> => {
        const moved = await kind.move(unit.tx, { orgId, id }, ['queued', 'running'], {
          status: 'running',
          progress: 0,
          startedAt: new Date(),
        });
        if (moved) kind.tell(unit, moved, 'progressed');
        else unit.nothingHappened();
        return moved;
      };
      const end = (change: RunChange) =>
        inUnit(async (unit) => {
          const ended = await kind.move(unit.tx, { orgId, id }, ['queued', 'running'], {
            finishedAt: new Date(),
            progress: 1,
            ...change,
          });
          if (ended) kind.end(unit, ended);
          else unit.nothingHappened();
        });
      // From before the run is looked at: what is cancelled meanwhile is heard of.
      const watch = cancellations.watch(id);
      const signal = AbortSignal.any([watch.signal, stopping]);
      let release: (() => void) | null = null;
      try {
        const taken = await inUnit(async (unit) => {
          const { tx } = unit;
          // To wait for memory changes nothing that anybody sees.
          unit.nothingHappened();
          const waiting = await kind.move(tx, { orgId, id }, ['queued', 'running'], { progress: 0 });
          const work = waiting && (await handling.load(tx, waiting, context));
          if (!waiting || !work) return null;
          const { runTime, weight } = await findEntitlements(tx, orgId);
          return { work, waiting, claim: { owner: orgId, weight, mostTime: runTime, spent: 0 } };
        });
        if (!taken) return;
        const { work, waiting, claim } = taken;
        // Outside of the transaction: a large formula is read in a thread, in turns.
        const bytes = await handling.bytesOf(work, waiting, context);
        release = await memory.take(orgId, bytes, signal);
        if (!release) {
          if (watch.signal.aborted) return;
          if (stopping.aborted) throw new WorkerStopping();
          return await end({ status: 'failed', failure: neverFits(bytes, memory.total) });
        }
        const row = await inUnit(begin);
        if (!row) return;
        const report = reportProgress(
          (progress) =>
            inUnit(async (unit) => {
              const moved = await kind.move(unit.tx, { orgId, id }, ['running'], { progress });
              if (moved) kind.tell(unit, moved, 'progressed');
              else unit.nothingHappened();
            }),
          log,
        );
        const outcome = await handling.compute(work, context, { signal, claim, onProgress: report.onProgress });
        await report.settled();
        // Stopped by the end of the process and not by a person: another worker begins anew.
        if (outcome.type === 'stopped' && stopping.aborted && !watch.signal.aborted) throw new WorkerStopping();
        if (!isFinished(outcome)) return await end(endOf(outcome));
        await inUnit(async (unit) => {
          const ended = await handling.keep(unit.tx, row, {
            outcome,
            work,
            end: { finishedAt: new Date(), progress: 1, status: 'succeeded' },
          });
          // A person cancelled it meanwhile, which they were told already.
          if (ended) kind.end(unit, ended);
          else unit.nothingHappened();
        });
      } finally {
        release?.();
        watch.done();
      }
    },
    giveUp: async (wide, payload, attempts) => {
      const unit = wide.as({ kind: 'system', task: `run-${kind.noun}`, orgId: payload.orgId });
      const failure = `The ${kind.noun} was tried ${attempts} times and did not come to an end. That is our fault, and it is logged.`;
      const row = await kind.move(unit.tx, { orgId: payload.orgId, id: idOf(payload) }, ['queued', 'running'], {
        status: 'failed',
        failure,
        finishedAt: new Date(),
      });
      if (row) kind.end(unit, row);
    },
  };
}

const isFinished = <Outcome extends Finished>(outcome: Outcome | Unfinished): outcome is Outcome =>
  outcome.type === 'finished';

export const neverFits = (bytes: number, total: number): string =>
  `It would need about ${bytesInWords(bytes)} of memory, and all runs of this server together have ${bytesInWords(total)}: take fewer bars, fewer settings, or longer windows out of sample.`;

const endOf = (outcome: Unfinished): RunChange =>
  outcome.type === 'refused' ? { status: 'failed', failure: outcome.reason } : { status: 'cancelled' };
