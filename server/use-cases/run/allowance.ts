import type { CostBounds } from '#core/engine/sweep/cost.ts';
import type { OrgId } from '#core/requests/ids.ts';
import type { Tx } from '#server/db/database.ts';
import { countUsed } from '#server/db/queries/quotas.ts';
import { runMemory } from '#server/policies/memory-shares.ts';
import { read } from '../act/read.ts';
import type { Caller } from '../context.ts';
import { findEntitlements } from '../quota.ts';

/** What one run of an organisation may take: by its plan, and by the memory that there is. */
export async function findBounds(tx: Tx, orgId: OrgId): Promise<CostBounds & { readonly priority: number }> {
  const { runTime, runBytes, priority } = await findEntitlements(tx, orgId);
  return { runTime, runBytes: Math.min(runBytes, runMemory()), priority };
}

/** What a run may take, and how many of the organisation's stand before it: for those who are about to start one. */
export function getAllowance(caller: Caller) {
  const { orgId } = caller.principal;
  return read(caller, 'org.read', async (tx) => {
    const { runTime, runBytes } = await findBounds(tx, orgId);
    return {
      runTime,
      runBytes,
      unfinishedRuns: await countUsed(tx, orgId, 'unfinishedRuns'),
      mostUnfinishedRuns: (await findEntitlements(tx, orgId)).unfinishedRuns,
    };
  });
}
