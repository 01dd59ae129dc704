import type { BotId, OrgId } from '#core/requests/ids.ts';
import type { Database, Tx } from '#server/db/database.ts';
import {
  findBillingAccount,
  freezeExactly,
  lockBillingAccount,
  lockBots,
  pauseBots,
  updateBillingAccount,
} from '#server/db/queries/billing.ts';
import { lockQuota, storeInstallationPlan } from '#server/db/queries/quotas.ts';
import { entitlementsOf, type PlanName } from '#server/policies/plans.ts';
import { announceCancel } from '#server/queue/cancellations.ts';
import { actAcross, type WideUnit } from '../act/act.ts';
import type { By } from '../act/record.ts';
import { freely } from '../act/right.ts';
import { NOWHERE } from '../context.ts';
import { findPlanInForce } from '../quota.ts';

/**
 * Brings an organisation in line with the plan that it has at this moment: writes down that the plan has changed, and
 * freezes the bots that are too many, or lets them go on. Safe to repeat. True when anything changed.
 */
export async function settlePlan(unit: WideUnit, orgId: OrgId, by: By): Promise<boolean> {
  const { tx, now } = unit;
  const account = await lockBillingAccount(tx, orgId);
  const { plan, by: source, own } = await findPlanInForce(tx, orgId, now);
  const isChanged = account.settledPlan !== plan;
  if (isChanged) {
    await updateBillingAccount(tx, orgId, { settledPlan: plan });
    // What everybody has from the beginning is no change.
    if (account.settledPlan !== null || source !== 'installation')
      unit.happenedIn(orgId, by, 'plan.changed', { orgId, before: account.settledPlan, after: plan, source });
  }
  const { bots: most, liveMode } = entitlementsOf(plan, own);
  const frozen = await freeze(unit, orgId, { most, liveMode, kept: account.keptBots ?? [], by });
  return isChanged || frozen;
}

interface Freezing {
  readonly most: number;
  readonly liveMode: boolean;
  readonly kept: readonly BotId[];
  readonly by: By;
}

async function freeze({ tx, now, happenedIn }: WideUnit, orgId: OrgId, { most, liveMode, kept, by }: Freezing) {
  // Rows first, as whoever starts a bot does; whoever makes one waits, and then counts by the new plan.
  await lockBots(tx, orgId);
  await lockQuota(tx, orgId, 'bots');
  await lockQuota(tx, orgId, 'runningBots');
  const all = await lockBots(tx, orgId);
  const staying = new Set(whichStay(all, most, kept));
  const frozen = all.filter(({ id }) => !staying.has(id));
  const pausing = all.filter(
    ({ id, status, mode }) => status === 'running' && (!staying.has(id) || (mode === 'live' && !liveMode)),
  );
  const isChanged = pausing.length > 0 || all.some(({ id, frozenAt }) => (frozenAt !== null) === staying.has(id));
  if (!isChanged) return false;
  await pauseBots(
    tx,
    orgId,
    pausing.map(({ id }) => id),
  );
  await freezeExactly(
    tx,
    orgId,
    frozen.map(({ id }) => id),
    now,
  );
  for (const { id } of pausing) {
    await announceCancel(tx, id);
    happenedIn(orgId, by, 'bot.paused', { botId: id, before: 'running' });
  }
  happenedIn(orgId, by, 'bots.frozen', { orgId, frozen: frozen.map(({ name }) => name) });
  return true;
}

/** Of bots in the order in which they stay: those that were chosen, then the others, as many as may be. */
export function whichStay(
  all: readonly { readonly id: BotId }[],
  most: number,
  kept: readonly BotId[],
): readonly BotId[] {
  const chosen = all.filter(({ id }) => kept.includes(id));
  const others = all.filter(({ id }) => !kept.includes(id));
  return [...chosen, ...others].slice(0, most).map(({ id }) => id);
}

/** The plan of an organisation, who says so, and what is known of its subscription. */
export async function describePlan(tx: Tx, orgId: OrgId, now: Date) {
  return { ...(await findPlanInForce(tx, orgId, now)), account: await findBillingAccount(tx, orgId) };
}

/** Writes down which plan everybody has on this installation, for all of its servers. */
export function setInstallationPlan(db: Database, plan: PlanName): Promise<void> {
  const context = { db, now: new Date(), from: NOWHERE };
  return actAcross(context, freely('whoever starts a server says which plan everybody has'), async (unit) => {
    unit.nothingHappened();
    await storeInstallationPlan(unit.tx, plan);
  });
}
