import { asSystem, type Database } from '#server/db/database.ts';
import { beat, freeJobsOfTheDead, listLostJobs, removeHeartbeats, takeLostJob } from '#server/db/queries/jobs.ts';
import type { Log } from '#server/observability/log.ts';
import { actAcross } from '#server/use-cases/act/act.ts';
import { freely } from '#server/use-cases/act/right.ts';
import { NOWHERE } from '#server/use-cases/context.ts';
import type { RegisteredJob } from './handler.ts';

export interface HeartbeatTiming {
  readonly every: number;
  /**
   * A worker not heard of for so long is dead. Its jobs are free again at most `deadAfter + every` after its last sign
   * of life.
   */
  readonly deadAfter: number;
}

const TIMING: HeartbeatTiming = { every: 3000, deadAfter: 15_000 };

interface HeartbeatOptions {
  readonly db: Database;
  readonly log: Log;
  readonly jobs: readonly RegisteredJob[];
  readonly poolIds: () => readonly string[];
  readonly timing?: HeartbeatTiming;
}

/**
 * Says that this process lives, and looks after the jobs of those that don't: graphile-worker itself would leave them
 * locked for four hours.
 */
export async function startHeartbeat({
  db,
  log,
  jobs,
  poolIds,
  timing = TIMING,
}: HeartbeatOptions): Promise<{ close(): Promise<void> }> {
  const once = async (): Promise<void> => {
    await asSystem(db, (tx) => beat(tx, poolIds()));
    const dead = await asSystem(db, (tx) => freeJobsOfTheDead(tx, timing.deadAfter));
    if (dead.length > 0) log.warn({ dead }, 'freed the jobs of workers that are gone');
    await giveUpLostJobs(db, log, jobs);
  };

  await once();
  let closed = false;
  let timer: NodeJS.Timeout;
  let running = Promise.resolve();
  const schedule = (): void => {
    timer = setTimeout(() => {
      running = once()
        .catch((error: unknown) => log.error({ err: error }, 'heartbeat failed'))
        .finally(() => {
          if (!closed) schedule();
        });
    }, timing.every);
  };
  schedule();

  return {
    close: async () => {
      closed = true;
      clearTimeout(timer);
      await running;
      await asSystem(db, (tx) => removeHeartbeats(tx, poolIds()));
    },
  };
}

/** Tells people of jobs that failed at every attempt, or whose worker was killed at every attempt, and removes them. */
async function giveUpLostJobs(db: Database, log: Log, jobs: readonly RegisteredJob[]): Promise<void> {
  const lost = await asSystem(db, (tx) =>
    listLostJobs(
      tx,
      jobs.map(({ definition }) => definition.name),
      100,
    ),
  );
  for (const { id, name, error } of lost) {
    const job = jobs.find(({ definition }) => definition.name === name);
    if (!job) continue;
    await actAcross({ db, now: new Date(), from: NOWHERE }, freely('the house looks after its jobs'), async (unit) => {
      unit.nothingHappened();
      const taken = await takeLostJob(unit.tx, id);
      if (!taken) return;
      log.error({ job: name, payload: taken.payload, lastError: error }, 'job given up');
      if (!(await job.giveUp(unit, taken.payload, taken.attempts)))
        log.error({ job: name, id }, 'the payload of a job could not be read: the job is set aside');
    }).catch((failure: unknown) => log.error({ err: failure, job: name }, 'could not give up a job'));
  }
}
