import { sql } from 'drizzle-orm';
import type { Tx } from '../database.ts';

interface JobRow extends Record<string, unknown> {
  readonly id: string;
  readonly task: string;
  readonly attempts: number;
  readonly most: number;
  readonly error: string | null;
  readonly run_at: string;
  readonly created_at: string;
  readonly is_running: boolean;
  readonly org_id: string | null;
}

/** Jobs that have failed, or all; the one that was made last first. */
export async function listJobs(
  tx: Tx,
  { failed, before, limit }: { readonly failed: boolean; readonly before: string | null; readonly limit: number },
): Promise<readonly JobRow[]> {
  const rows = await tx.execute<JobRow>(sql`
    select j.id, t.identifier as task, j.attempts, j.max_attempts as most, j.last_error as error,
      (extract(epoch from j.run_at) * 1000)::bigint as run_at,
      (extract(epoch from j.created_at) * 1000)::bigint as created_at,
      j.locked_at is not null as is_running, j.payload ->> 'orgId' as org_id
    from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where (${failed} = false or j.last_error is not null) and (${before}::bigint is null or j.id < ${before}::bigint)
    order by j.id desc limit ${limit}`);
  return [...rows];
}

/** Has a job taken at once, with all of its attempts. False when it is running, or gone. */
export async function retryJob(tx: Tx, id: string): Promise<boolean> {
  const rows = await tx.execute(
    sql`select id from graphile_worker.reschedule_jobs(array[${id}::bigint], run_at => now(), attempts => 0::smallint)`,
  );
  return rows.length > 0;
}

/** Takes a job away. False when it is running, or gone. */
export async function discardJob(tx: Tx, id: string): Promise<boolean> {
  const rows = await tx.execute(sql`select id from graphile_worker.complete_jobs(array[${id}::bigint])`);
  return rows.length > 0;
}

/** How the parts of the installation are, as the database sees them. */
export async function countInstallation(tx: Tx) {
  const [row] = await tx.execute<Record<string, string>>(sql`
    select (select count(*) from users) as users,
      (select count(*) from users where suspended_at is not null) as suspended,
      (select count(*) from organisations) as organisations,
      (select count(*) from sessions where expires_at > now()) as sessions,
      (select count(*) from bots where status = 'running') as running_bots,
      (select count(*) from backtests where status in ('queued', 'running'))
        + (select count(*) from sweeps where status in ('queued', 'running')) as unfinished_runs,
      (select count(*) from graphile_worker._private_jobs where run_at <= now() and locked_at is null
        and attempts < max_attempts) as waiting_jobs,
      (select count(*) from graphile_worker._private_jobs where attempts >= max_attempts and locked_at is null)
        as lost_jobs,
      (select count(*) from worker_heartbeats where beat_at > now() - interval '1 minute') as workers,
      (select count(*) from realtime_servers) as realtime_servers,
      (select coalesce(extract(epoch from now() - min(run_at)) * 1000, 0)::bigint from graphile_worker._private_jobs
        where run_at <= now() and locked_at is null and attempts < max_attempts) as longest_wait_ms,
      pg_database_size(current_database()) as database_bytes`);
  return Object.fromEntries(Object.entries(row ?? {}).map(([name, value]) => [name, Number(value)]));
}
