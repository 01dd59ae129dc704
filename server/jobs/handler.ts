import type { Sealer } from '#server/auth/sealer.ts';
import type { BarCache } from '#server/compute/bar-cache.ts';
import type { ComputePool } from '#server/compute/compute-pool.ts';
import type { AskFormulas } from '#server/compute/formula-threads.ts';
import type { MemoryBudget } from '#server/compute/memory-budget.ts';
import type { Database } from '#server/db/database.ts';
import type { Post } from '#server/integrations/mail/post.ts';
import type { Log } from '#server/observability/log.ts';
import type { Cancellations } from '#server/queue/cancellations.ts';
import type { JobDefinition } from '#server/queue/definition.ts';
import type { WideUnit } from '#server/use-cases/act/act.ts';
import type { Billing } from '#server/use-cases/billing/billing.ts';

/** How letters leave, and which address stands in their links. */
export interface Letters {
  readonly post: Post;
  readonly address: string;
}

/** What a handler works with: one of each in a worker process. */
export interface JobContext {
  readonly db: Database;
  readonly log: Log;
  /** Null where Stripe is not set up. */
  readonly billing: Billing | null;
  /** Reads formulas apart from the thread that answers. */
  readonly formulas: AskFormulas;
  readonly letters: Letters;
  readonly sealer: Sealer;
  readonly compute: ComputePool;
  /**
   * The thread of bots, apart from the threads of runs: a signal waits for no computation. Started at the first bar.
   */
  bots(): Promise<ComputePool>;
  /** What all runs of the process share. */
  readonly memory: MemoryBudget;
  readonly bars: BarCache;
  readonly cancellations: Cancellations;
  /** Aborted when the process is told to stop: what takes long gives its work back. */
  readonly stopping: AbortSignal;
  /** Has a job that is due in so many milliseconds picked up then, rather than at the next poll. */
  wakeIn(wait: number): void;
}

export interface JobHandler<Payload> {
  run(payload: Payload, context: JobContext): Promise<void>;
  /**
   * Records, where people see it, that the job failed for good or took its worker down each time. In the transaction
   * that removes the job.
   */
  giveUp?(unit: WideUnit, payload: Payload, attempts: number): Promise<void>;
}

/** A definition with its handler, which is loaded at the first job (or when the worker warms up). */
export interface RegisteredJob {
  readonly definition: JobDefinition<unknown>;
  load(): Promise<unknown>;
  run(payload: unknown, context: JobContext): Promise<void>;
  /** False when the payload is none of this job's, so that nobody can be told. */
  giveUp(unit: WideUnit, payload: unknown, attempts: number): Promise<boolean>;
}

export function registerJob<Payload>(
  definition: JobDefinition<Payload>,
  load: () => Promise<{ handler: JobHandler<Payload> }>,
): RegisteredJob {
  return {
    definition,
    load,
    run: async (payload, context) => {
      const { handler } = await load();
      await inTime(definition, context, (inner) => handler.run(definition.payload.parse(payload), inner));
    },
    giveUp: async (unit, payload, attempts) => {
      const read = definition.payload.safeParse(payload);
      if (read.success) await (await load()).handler.giveUp?.(unit, read.data, attempts);
      return read.success;
    },
  };
}

/** Runs one attempt. A job that does not heed its signal fails all the same, so that its slot is free. */
async function inTime(
  { name, mostTime }: Pick<JobDefinition<unknown>, 'name' | 'mostTime'>,
  context: JobContext,
  work: (context: JobContext) => Promise<void>,
): Promise<void> {
  const over = new AbortController();
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    over.abort();
    reject(new Error(`the job ${name} took longer than ${mostTime / 1000} seconds`));
  }, mostTime);
  try {
    await Promise.race([work({ ...context, stopping: AbortSignal.any([context.stopping, over.signal]) }), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The worker is told to stop: it gives a job back, which another worker does. Nothing went wrong. */
export class WorkerStopping extends Error {
  constructor() {
    super('the worker is stopping');
  }
}
