import type { Sql } from 'postgres';
import type { Sealer } from '#server/auth/sealer.ts';
import { BarCache } from '#server/compute/bar-cache.ts';
import { startComputePool } from '#server/compute/compute-pool.ts';
import { askHere, type AskFormulas } from '#server/compute/formula-threads.ts';
import { MemoryBudget } from '#server/compute/memory-budget.ts';
import { startedOnce } from '#server/compute/started-once.ts';
import type { Database } from '#server/db/database.ts';
import type { Log } from '#server/observability/log.ts';
import { runMemory } from '#server/policies/memory-shares.ts';
import { listenForCancellations } from '#server/queue/cancellations.ts';
import type { Billing } from '#server/use-cases/billing/billing.ts';
import type { JobContext, Letters } from './handler.ts';
import { startHeartbeat, type HeartbeatTiming } from './heartbeat.ts';
import { startPool } from './job-pool.ts';
import { JOBS, SCHEDULE } from './registry.ts';

export interface WorkerOptions {
  readonly db: Database;
  readonly sql: Sql;
  readonly url: string;
  readonly log: Log;
  readonly billing?: Billing | null;
  /** Reads formulas apart from this thread; here by default. */
  readonly formulas?: AskFormulas;
  readonly letters: Letters;
  readonly sealer: Sealer;
  /** Threads that compute. */
  readonly threads: number;
  /** Bytes that runs share; by default what `runMemory` says. */
  readonly memory?: number;
  readonly heartbeat?: HeartbeatTiming;
  /** What the next thread that computes runs runs; tests give programs that die. */
  program?(): URL;
}

export interface JobWorker {
  /** Whether both pools hear of new jobs. */
  ready(): boolean;
  /** Gives back what runs and ends. */
  close(): Promise<void>;
}

const INTERACTIVE_AT_ONCE = 8;
const INTERACTIVE_TURNS = { ofOne: 5, aRound: 2 };

/** Runs under way at once in one process; the threads take turns among their pieces. */
const COMPUTE_AT_ONCE = 12;
const COMPUTE_TURNS = { ofOne: 4, long: 4, aRound: 1 };

/**
 * Starts the worker: a pool for what people wait for, one for what computes, and the heartbeat that frees the jobs of
 * the dead.
 */
export async function startWorker({
  db,
  sql,
  url,
  log,
  billing = null,
  formulas = askHere,
  letters,
  sealer,
  threads,
  memory = runMemory(),
  heartbeat,
  program,
}: WorkerOptions): Promise<JobWorker> {
  const stopping = new AbortController();
  const [compute, cancellations] = await Promise.all([
    startComputePool({ size: threads, log, ...(program ? { program } : {}) }),
    listenForCancellations({ db, sql, log }),
    ...JOBS.map((job) => job.load()),
  ]);
  const bots = startedOnce(() => startComputePool({ size: 1, spare: 0, log }));
  const timers = new Set<NodeJS.Timeout>();
  const context: JobContext = {
    db,
    log,
    billing,
    formulas,
    letters,
    sealer,
    compute,
    cancellations,
    bars: new BarCache(),
    memory: new MemoryBudget(memory),
    bots: () => bots.get(),
    stopping: stopping.signal,
    wakeIn: (wait) => {
      const timer = setTimeout(() => {
        timers.delete(timer);
        interactive.nudge();
      }, wait + 1);
      timers.add(timer);
    },
  };
  const jobsOf = (pool: string) => JOBS.filter(({ definition }) => definition.pool === pool);
  const interactive = await startPool({
    name: 'interactive',
    url,
    concurrency: INTERACTIVE_AT_ONCE,
    turns: INTERACTIVE_TURNS,
    jobs: jobsOf('interactive'),
    schedule: SCHEDULE,
    context,
  });
  const computing = await startPool({
    name: 'compute',
    url,
    concurrency: COMPUTE_AT_ONCE,
    turns: COMPUTE_TURNS,
    jobs: jobsOf('compute'),
    context,
  });
  const pools = [interactive, computing];
  const beating = await startHeartbeat({
    db,
    log,
    jobs: JOBS,
    poolIds: () => pools.map((pool) => pool.id()),
    ...(heartbeat ? { timing: heartbeat } : {}),
  });

  return {
    ready: () => pools.every((pool) => pool.ready()),
    close: async () => {
      stopping.abort();
      timers.forEach(clearTimeout);
      await Promise.all(pools.map((pool) => pool.close()));
      await Promise.all([
        beating.close(),
        compute.close(),
        bots.started()?.then((pool) => pool.close()),
        cancellations.close(),
      ]);
    },
  };
}
