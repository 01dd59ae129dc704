import { EventEmitter } from 'node:events';
import {
  run,
  type Job,
  type ParsedCronItem,
  type Runner,
  type TaskList,
  type WorkerEvents,
  type WorkerPool,
} from 'graphile-worker';
import { timeoutsOf } from '#server/db/database.ts';
import { DATABASE_TIMES } from '#server/db/time-limits.ts';
import type { PoolName } from '#server/queue/definition.ts';
import { FairTurns, type TurnLimits } from '#server/queue/fair-turns.ts';
import type { JobContext, RegisteredJob } from './handler.ts';
import { loggerFor } from './pool-log.ts';

interface PoolOptions {
  readonly name: PoolName;
  readonly url: string;
  readonly concurrency: number;
  readonly turns: TurnLimits;
  readonly jobs: readonly RegisteredJob[];
  readonly schedule?: readonly ParsedCronItem[];
  readonly context: JobContext;
}

/**
 * One of graphile-worker's pools: takes the jobs of its list as soon as they are committed (LISTEN), a few at a time.
 */
export interface JobPool {
  /** Under which it locks jobs; another one after a restart. */
  id(): string;
  /** Whether it hears of new jobs. */
  ready(): boolean;
  /** Makes an idle worker look for a job now. */
  nudge(): void;
  close(): Promise<void>;
}

const RESTART_AFTER = 1000;

/** Slots share connections: they need one only to take a job and to give it back. */
const MOST_CONNECTIONS = 8;

/** Runs until closed: a pool that graphile-worker ends because it lost touch with the database is started again. */
export async function startPool(options: PoolOptions): Promise<JobPool> {
  const { log } = options.context;
  let current = await runOnce(options);
  let closing = false;
  let restart: NodeJS.Timeout | undefined;

  const watch = (): void => {
    const again = (): void => {
      if (closing) return;
      restart = setTimeout(() => {
        runOnce(options).then((next) => {
          current = next;
          if (closing) return void current.runner.stop();
          watch();
        }, again);
      }, RESTART_AFTER);
    };
    current.runner.promise.then(again, (error: unknown) => {
      if (!closing) log.error({ err: error, pool: options.name }, 'job pool ended, starting it again');
      again();
    });
  };
  watch();

  return {
    id: () => current.pool.id,
    ready: () => !closing && current.listening(),
    nudge: () => {
      if (!closing && current.listening()) current.pool.nudge(1);
    },
    close: async () => {
      closing = true;
      clearTimeout(restart);
      // A pool that has ended by itself is stopped already, and says so by rejecting.
      await current.runner.stop().catch(() => undefined);
    },
  };
}

async function runOnce({
  name,
  url,
  concurrency,
  turns: limits,
  jobs,
  schedule,
  context,
}: PoolOptions): Promise<{ runner: Runner; pool: WorkerPool; listening: () => boolean }> {
  const events: WorkerEvents = new EventEmitter();
  let pool: WorkerPool | undefined;
  let listening = false;
  events.on('pool:create', ({ workerPool }) => {
    pool = workerPool;
  });
  const heard = new Promise<void>((resolve) =>
    events.on('pool:listen:success', () => {
      listening = true;
      resolve();
    }),
  );
  events.on('pool:listen:release', () => (listening = false));
  const turns = new FairTurns(limits);
  const flags = (job: Job): string[] => Object.keys(job.flags ?? {});
  events.on('job:start', ({ job }) => void turns.found(flags(job)));
  events.on('job:complete', ({ job }) => turns.ended(flags(job)));
  events.on('worker:getJob:error', () => void turns.found([]));
  events.on('worker:getJob:empty', ({ worker }) => {
    if (turns.found(null)) worker.nudge();
  });
  const runner = await run({
    connectionString: withTimes(url),
    concurrency,
    // One to listen, one for the schedule.
    maxPoolSize: Math.min(concurrency, MOST_CONNECTIONS) + 2,
    forbiddenFlags: () => turns.look(),
    noHandleSignals: true,
    pollInterval: 1000,
    gracefulShutdownAbortTimeout: 1000,
    taskList: tasksOf(jobs, context),
    parsedCronItems: [...(schedule ?? [])],
    events,
    logger: loggerFor(context.log, name),
  });
  if (!pool) throw new Error('graphile-worker announces its pool while it starts');
  // It has started once it hears of jobs; a runner that ends before says why.
  await Promise.race([heard, runner.promise]);
  return { runner, pool, listening: () => listening };
}

/**
 * With the system's limits of time on every connection: a lock that nobody gives back, or a statement without end, does
 * not hold a slot for ever.
 */
export function withTimes(url: string): string {
  const timed = new URL(url);
  for (const [name, milliseconds] of Object.entries(timeoutsOf(DATABASE_TIMES.system)))
    timed.searchParams.set(name, String(milliseconds));
  return timed.href;
}

const tasksOf = (jobs: readonly RegisteredJob[], context: JobContext): TaskList =>
  Object.fromEntries(jobs.map((job) => [job.definition.name, (payload: unknown) => job.run(payload, context)]));
