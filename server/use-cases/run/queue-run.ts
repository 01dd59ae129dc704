import { costOfEstimate } from '#core/engine/sweep/cost.ts';
import type { Estimate, EstimateRequest } from '#core/engine/sweep/estimate.ts';
import type { OrgId, RunId } from '#core/requests/ids.ts';
import type { Tx } from '#server/db/database.ts';
import { AppError } from '#server/errors.ts';
import type { Quota } from '#server/policies/entitlements.ts';
import { flagsOf } from '#server/queue/fair-turns.ts';
import { requireQuota } from '../quota.ts';
import { findBounds } from './allowance.ts';

/**
 * From here on a run counts as long: it waits for a slot of those that take long, and leaves the others to what is
 * short.
 */
const LONG = 5000;

/** Of a run's job, by the run: so that its turn can be told. */
export const keyOfRun = (id: RunId): string => `run ${id}`;

/**
 * Whether a run may be queued, and how: its estimate stays within the plan, and so does what the organisation has
 * stored and queued. Refuses in words. Before the run is inserted, in its transaction.
 */
export async function admitRun(
  tx: Tx,
  orgId: OrgId,
  kind: 'backtests' | 'sweeps',
  { estimate, ...request }: Pick<EstimateRequest, 'bars' | 'candidates' | 'windows'> & { readonly estimate: Estimate },
): Promise<{ flags: string[]; priority: number }> {
  const { priority, ...bounds } = await findBounds(tx, orgId);
  const { time, bytes, tooMuch } = costOfEstimate(estimate, request, bounds);
  if (tooMuch !== null) throw new AppError('PLAN_LIMIT', tooMuch, { time, bytes });
  await requireRunQuotas(tx, orgId, kind);
  await requireQuota(tx, orgId, 'unfinishedRuns');
  const isLong = time > LONG;
  return { flags: flagsOf(orgId, isLong), priority: 2 * priority + (isLong ? 1 : 0) };
}

const COUNTED = {
  backtests: ['backtests', 'backtestsADay', 'backtestsAMonth', 'resultBytes'],
  sweeps: ['sweeps', 'sweepsADay', 'resultBytes'],
} as const satisfies Record<string, readonly Quota[]>;

/** Room for one more run of a kind, whether it is computed or its answer is known. In one order: no two wait. */
export async function requireRunQuotas(tx: Tx, orgId: OrgId, kind: 'backtests' | 'sweeps'): Promise<void> {
  for (const quota of COUNTED[kind]) await requireQuota(tx, orgId, quota);
}
