import { estimateRun, type EstimateRequest } from '#core/engine/estimate.ts';
import type { Tx } from '#server/db/database.ts';
import { AppError } from '#server/errors.ts';
import { flagsOf } from '#server/jobs/fair-turns.ts';
import { runMemory } from '#server/policies/run-memory.ts';
import { findEntitlements, requireQuota } from '../quota.ts';

/** From here on a run counts as long: it waits for a slot of those that take long, and leaves the others to what is short. */
const LONG = 5000;

/**
 * Whether a run may be queued, and how: its estimate stays within the plan, and so does what the organisation has stored and queued. Refuses in
 * words. Before the run is inserted, in its transaction.
 */
export async function admitRun(tx: Tx, orgId: string, kind: 'backtests' | 'sweeps', request: EstimateRequest): Promise<{ flags: string[]; priority: number }> {
  const { time, bytes } = estimateRun(request);
  const { runTime, priority, ...plan } = await findEntitlements(tx, orgId);
  const runBytes = Math.min(plan.runBytes, runMemory());
  const settings = `${request.candidates.toLocaleString('en')} ${request.candidates === 1 ? 'setting' : 'settings'} over ${request.bars.toLocaleString('en')} bars${request.windows ? ', window by window,' : ''}`;
  if (time > runTime) throw new AppError('PLAN_LIMIT', `${settings} would compute for about ${inWords(time)}, and your plan allows ${inWords(runTime)} a run: take fewer bars, fewer settings, or longer windows out of sample.`, { time, most: runTime });
  if (bytes > runBytes) throw new AppError('PLAN_LIMIT', `${settings} would need about ${(bytes / 1e9).toFixed(1)} GB of memory, and your plan allows ${(runBytes / 1e9).toFixed(1)} GB a run: take fewer bars, fewer settings, or longer windows out of sample.`, { bytes, most: runBytes });
  await requireQuota(tx, orgId, kind);
  await requireQuota(tx, orgId, 'unfinishedRuns');
  const isLong = time > LONG;
  return { flags: flagsOf(orgId, isLong), priority: 2 * priority + (isLong ? 1 : 0) };
}

function inWords(milliseconds: number): string {
  if (milliseconds < 120_000) return `${Math.ceil(milliseconds / 1000)} seconds`;
  return milliseconds < 7_200_000 ? `${Math.round(milliseconds / 60_000)} minutes` : `${Math.round(milliseconds / 3_600_000).toLocaleString('en')} hours`;
}
