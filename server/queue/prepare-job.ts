import type { Tx } from '#server/db/database.ts';
import { addJob, addJobCall, type NewJob } from '#server/db/queries/jobs.ts';
import type { JobDefinition } from './definition.ts';

type JobOptions = Partial<Pick<NewJob, 'runIn' | 'flags' | 'priority'>> & { readonly key?: string };

/** A job that is added at the end of the act that causes it. */
export type PreparedJob = (tx: Tx) => Promise<void>;

/**
 * A job that is added in the caller's transaction, which must be of the organisation in the payload or the system's: it
 * exists exactly when its cause does, and is picked up at the commit or `runIn` later. With a `key` nothing is added
 * while there is a job of the same key, waiting or running.
 */
export const prepareJob =
  <Payload>(definition: JobDefinition<Payload>, payload: Payload, options?: JobOptions): PreparedJob =>
  (tx) =>
    addJob(tx, newJob(definition, payload, options));

/** The call that adds a job, for a statement that does more. */
export const jobCall = <Payload>(definition: JobDefinition<Payload>, payload: Payload, options?: JobOptions) =>
  addJobCall(newJob(definition, payload, options));

function newJob<Payload>(
  { name, payload: schema, attempts, priority = 0 }: JobDefinition<Payload>,
  payload: Payload,
  options: JobOptions = {},
): NewJob {
  return { name, payload: schema.parse(payload), attempts, runIn: 0, priority, key: null, flags: [], ...options };
}
