import { inArray, sql, type SQL } from 'drizzle-orm';
import type { OrgId } from '#core/requests/ids.ts';
import type { Tx } from '../database.ts';
import { backtests, bots, sweeps, workerHeartbeats } from '../schema/index.ts';
import { interval } from './interval.ts';

export async function beat(tx: Tx, poolIds: readonly string[]): Promise<void> {
  await tx
    .insert(workerHeartbeats)
    .values(poolIds.map((poolId) => ({ poolId })))
    .onConflictDoUpdate({ target: workerHeartbeats.poolId, set: { beatAt: sql`now()` } });
}

export async function removeHeartbeats(tx: Tx, poolIds: readonly string[]): Promise<void> {
  await tx.delete(workerHeartbeats).where(inArray(workerHeartbeats.poolId, [...poolIds]));
}

/** Frees the jobs of pools that have not been heard of for `deadAfter`; returns the pools. */
export async function freeJobsOfTheDead(tx: Tx, deadAfter: number): Promise<string[]> {
  await tx.execute(sql`delete from ${workerHeartbeats} where beat_at < now() - ${interval(deadAfter)}`);
  // A pool that has just started may have taken a job before its first beat, hence the age of the lock.
  const dead = await tx.execute<{ pool: string }>(sql`
    select distinct locked_by as pool from graphile_worker.jobs
    where locked_at < now() - ${interval(deadAfter)}
      and not exists (select from ${workerHeartbeats} where pool_id = locked_by)`);
  const pools = dead.map((row) => row.pool);
  if (pools.length > 0) {
    await tx.execute(
      sql`select graphile_worker.force_unlock_workers(array(select
        json_array_elements_text(${JSON.stringify(pools)}::json)))`,
    );
  }
  return pools;
}

/**
 * Jobs of these names that will not be tried again, in any order: one that can't be given up must not hide the others.
 */
export async function listLostJobs(
  tx: Tx,
  names: readonly string[],
  limit: number,
): Promise<{ id: string; name: string; error: string | null }[]> {
  const rows = await tx.execute<{ id: string; name: string; error: string | null }>(sql`
    select id, task_identifier as name, last_error as error from graphile_worker.jobs
    where attempts >= max_attempts and locked_at is null
      and task_identifier = any(array(select json_array_elements_text(${JSON.stringify(names)}::json)))
    order by random() limit ${limit}`);
  return [...rows];
}

/** Removes a job unless somebody else just did or runs it. */
export async function takeLostJob(tx: Tx, id: string): Promise<{ payload: unknown; attempts: number } | null> {
  const [row] = await tx.execute<{ payload: unknown; attempts: number }>(
    sql`select payload, attempts from graphile_worker.complete_jobs(array[${id}::bigint])`,
  );
  return row ?? null;
}

/** The key of an organisation's job as the queue has it: `public.add_job` puts the organisation before the key. */
export const keyOfJob = (orgId: OrgId, key: string): string => `${orgId} ${key}`;

/**
 * Of a queued job by its key, and only among jobs that have the flag: whether a worker has taken it, and how many
 * others with that flag, which have a key too, are under way or go before it. Null when there is none.
 */
export async function findTurn(
  tx: Tx,
  flag: string,
  key: string,
): Promise<{ isTaken: boolean; before: number } | null> {
  const [row] = await tx.execute<{ is_taken: boolean; before: number }>(sql`
    select mine.locked_at is not null as is_taken, (
      select count(*)::int from graphile_worker.jobs other
      where other.flags ? ${flag} and other.key is not null and other.id <> mine.id
        and (other.locked_at is not null or (other.priority, other.run_at, other.id) < (mine.priority, mine.run_at,
          mine.id))
    ) as before
    from graphile_worker.jobs mine where mine.key = ${key} and mine.flags ? ${flag}`);
  return row ? { isTaken: row.is_taken, before: row.before } : null;
}

/** A job for graphile-worker. */
export interface NewJob {
  readonly name: string;
  readonly payload: unknown;
  /** Milliseconds from now on, by the clock of the database, which decides what is due. */
  readonly runIn: number;
  readonly attempts: number;
  readonly priority: number;
  /** Nothing is added while there is a job of the same key, waiting or running. */
  readonly key: string | null;
  readonly flags: readonly string[];
}

/** The call that adds a job, for a statement that does more. */
export const addJobCall = ({ name, payload, runIn, attempts, priority, key, flags }: NewJob): SQL =>
  sql`public.add_job(
      identifier => ${name},
      payload => ${JSON.stringify(payload)}::json,
      run_at => now() + ${interval(runIn)},
      max_attempts => ${attempts}::int,
      priority => ${priority}::int,
      key => ${key}::text,
      flags => array(select json_array_elements_text(${JSON.stringify(flags)}::json))
    )`;

export async function addJob(tx: Tx, job: NewJob): Promise<void> {
  await tx.execute(sql`select ${addJobCall(job)}`);
}

/** Of these runs and bots, the ones whose work must stop: cancelled, ended, paused, halted or gone. */
export async function listStopped(tx: Tx, ids: readonly string[]): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    select asked.id from json_array_elements_text(${JSON.stringify(ids)}::json) as asked(id)
    where not exists (select from ${backtests} run where run.id = asked.id::uuid
      and run.status in ('queued', 'running'))
      and not exists (select from ${sweeps} run where run.id = asked.id::uuid and run.status in ('queued', 'running'))
      and not exists (select from ${bots} bot where bot.id = asked.id::uuid and bot.status = 'running')`);
  return rows.map(({ id }) => id);
}
