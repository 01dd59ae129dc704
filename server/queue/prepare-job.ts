import { sql, type SQL } from 'drizzle-orm';
import type { Tx } from '#server/db/database.ts';
import type { JobDefinition } from './definition.ts';

interface JobOptions {
  /** Milliseconds from now on, by the clock of the database, which decides what is due. */
  readonly runIn?: number;
  readonly flags?: readonly string[];
  readonly priority?: number;
  readonly key?: string;
}

/** A job that is added at the end of the act that causes it. */
export type PreparedJob = (tx: Tx) => Promise<void>;

export const prepareJob =
  <Payload>(definition: JobDefinition<Payload>, payload: Payload, options?: JobOptions): PreparedJob =>
  (tx) =>
    addJob(tx, definition, payload, options);

/**
 * Adds a job in the caller's transaction, which must be of the organisation in the payload or the system's: it exists exactly when its cause
 * does, and is picked up at the commit or `runIn` later. With a `key` nothing is added while there is a job of the same key, waiting or running.
 */
async function addJob<Payload>(
  tx: Tx,
  definition: JobDefinition<Payload>,
  payload: Payload,
  options: JobOptions = {},
): Promise<void> {
  await tx.execute(sql`select ${jobCall(definition, payload, options)}`);
}

/** The call that adds a job, for a statement that does more. */
export function jobCall<Payload>(definition: JobDefinition<Payload>, payload: Payload, options: JobOptions = {}): SQL {
  const json = JSON.stringify(definition.payload.parse(payload));
  return sql`public.add_job(
      identifier => ${definition.name},
      payload => ${json}::json,
      run_at => now() + make_interval(secs => ${(options.runIn ?? 0) / 1000}::float8),
      max_attempts => ${definition.attempts}::int,
      priority => ${options.priority ?? definition.priority ?? 0}::int,
      key => ${options.key ?? null}::text,
      flags => array(select json_array_elements_text(${JSON.stringify(options.flags ?? [])}::json))
    )`;
}
