import type { OrgId } from '#core/requests/ids.ts';
import type { Tx } from '#server/db/database.ts';
import { countUsed, findPlan, lockQuota } from '#server/db/queries/quotas.ts';
import { AppError } from '#server/errors.ts';
import { entitlementsOf, QUOTA_WORDS, type Entitlements, type Quota } from '#server/policies/entitlements.ts';

/** What an organisation may do by its plan and its own exceptions. */
export async function findEntitlements(tx: Tx, orgId: OrgId): Promise<Entitlements> {
  const { plan, own } = await findPlan(tx, orgId);
  return entitlementsOf(plan, own);
}

/**
 * Makes sure that `more` of what a quota counts may be added, in the transaction that adds them and before: others that
 * add to the same wait for its end, so that any number at once add no more than is allowed. Throws PLAN_LIMIT.
 */
export async function requireQuota(tx: Tx, orgId: OrgId, quota: Quota, more = 1): Promise<void> {
  await lockQuota(tx, orgId, quota);
  const most = (await findEntitlements(tx, orgId))[quota];
  const used = await countUsed(tx, orgId, quota);
  if (used + more <= most) return;
  const [what, advice] = QUOTA_WORDS[quota];
  throw new AppError(
    'PLAN_LIMIT',
    `Your organisation has ${used.toLocaleString('en')} ${what}, and its plan allows ${most.toLocaleString('en')}. ${advice}`,
    { quota, used, most },
  );
}
