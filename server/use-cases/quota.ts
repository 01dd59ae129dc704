import type { OrgId } from '#core/requests/ids.ts';
import type { Tx } from '#server/db/database.ts';
import { countUsed, findPlan, lockQuota } from '#server/db/queries/quotas.ts';
import { AppError } from '#server/errors.ts';
import { QUOTA_WORDS, type Entitlements, type Quota } from '#server/policies/entitlements.ts';
import { entitlementsOf, PLAN_NAMES, planInForce } from '#server/policies/plans.ts';

/** The plan that an organisation has now, who says so, and its exceptions. */
export async function findPlanInForce(tx: Tx, orgId: OrgId, now: Date) {
  const { given, own, plan, status, pastDueSince, installation } = await findPlan(tx, orgId);
  const known = PLAN_NAMES.find((name) => name === plan);
  const subscribed = known && status !== null ? { plan: known, status, pastDueSince } : null;
  return { ...planInForce({ given, subscribed, installation }, now), own };
}

/** What an organisation may do by its plan and its own exceptions. */
export async function findEntitlements(tx: Tx, orgId: OrgId): Promise<Entitlements> {
  const { plan, own } = await findPlanInForce(tx, orgId, new Date());
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
    `Your organisation has ${used.toLocaleString('en')} ${what}, and its plan allows ${most.toLocaleString('en')}. ${advice}${UPGRADE}`,
    { quota, used, most },
  );
}

const UPGRADE = ' A larger plan allows more: see Settings, Plan and billing.';

const FEATURES = {
  liveMode: 'Trading with money is not part of your plan.',
  sso: 'Signing in through your company is not part of your plan.',
} as const satisfies Partial<Record<keyof Entitlements, string>>;

/** Throws PLAN_LIMIT unless the plan has the feature. */
export async function requireFeature(tx: Tx, orgId: OrgId, feature: keyof typeof FEATURES): Promise<void> {
  if ((await findEntitlements(tx, orgId))[feature]) return;
  throw new AppError('PLAN_LIMIT', `${FEATURES[feature]}${UPGRADE}`, { feature });
}
