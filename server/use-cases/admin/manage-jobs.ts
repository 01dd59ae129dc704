import {
  countInstallation,
  discardJob as discard,
  listJobs as list,
  retryJob as retry,
} from '#server/db/queries/admin-jobs.ts';
import { AppError } from '#server/errors.ts';
import type { Person } from '#server/policies/principal.ts';
import type { Caller } from '../context.ts';
import { actAsAdmin, readAsAdmin } from './as-admin.ts';

interface WhichJobs {
  readonly failed: boolean;
  /** The id of the last one that the caller has. */
  readonly cursor?: string | undefined;
  readonly limit: number;
}

export async function listJobs(caller: Caller<Person>, { failed, cursor, limit }: WhichJobs) {
  const rows = await readAsAdmin(caller, (tx) => list(tx, { failed, before: cursor ?? null, limit }));
  return rows.map(({ run_at, created_at, is_running, org_id, most, ...row }) => ({
    ...row,
    id: String(row.id),
    attempts: Number(row.attempts),
    mostAttempts: Number(most),
    runAt: Number(run_at),
    createdAt: Number(created_at),
    isRunning: is_running,
    orgId: org_id,
  }));
}

const BUSY = () => new AppError('CONFLICT', 'This job is running, or it is done. Load the list anew.');

/** Has a job taken at once, as if it had never failed. */
export function retryJob(caller: Caller<Person>, { id }: { readonly id: string }): Promise<void> {
  return actAsAdmin(caller, async (unit) => {
    if (!(await retry(unit.tx, id))) throw BUSY();
    unit.happenedIn(null, caller.principal, 'admin.job_retried', { id });
  });
}

/** Takes a job away without its work being done. */
export function discardJob(caller: Caller<Person>, { id }: { readonly id: string }): Promise<void> {
  return actAsAdmin(caller, async (unit) => {
    if (!(await discard(unit.tx, id))) throw BUSY();
    unit.happenedIn(null, caller.principal, 'admin.job_discarded', { id });
  });
}

/** Counts of the installation by name. */
export async function readMetrics(caller: Caller<Person>) {
  const counts = await readAsAdmin(caller, countInstallation);
  return Object.entries(counts).map(([name, value]) => ({ name, value }));
}
