import type { z } from 'zod';

/**
 * The pool that runs a job: `compute` for what takes a core for a while, `interactive` for what somebody waits for.
 * They are apart so that no long computation delays a signal.
 */
export type PoolName = 'interactive' | 'compute';

/**
 * What a job is called and carries. Kept apart from its handler, so that whoever adds a job does not load what runs it.
 */
export interface JobDefinition<Payload> {
  readonly name: string;
  readonly pool: PoolName;
  readonly payload: z.ZodType<Payload>;
  /** How often it is tried before it is given up; an attempt counts when its process is killed, too. */
  readonly attempts: number;
  /** Milliseconds that one attempt may take. Then its signal is aborted, and the attempt has failed. */
  readonly mostTime: number;
  /** Smaller runs first. */
  readonly priority?: number;
}

export type PayloadOf<Definition> = Definition extends JobDefinition<infer Payload> ? Payload : never;
