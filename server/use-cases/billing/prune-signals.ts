import type { OrgId } from '#core/requests/ids.ts';
import type { Database } from '#server/db/database.ts';
import { deleteSignalsBefore, listOrganisationsWithSignals } from '#server/db/queries/billing.ts';
import { NO_LIMIT, PLAN_NAMES, PLANS } from '#server/policies/plans.ts';
import { actAcross } from '../act/act.ts';
import { readAcross } from '../act/read.ts';
import { freely } from '../act/right.ts';
import { NOWHERE } from '../context.ts';
import { findEntitlements } from '../quota.ts';

const DAY = 86_400_000;
/** Rows of one transaction: few enough that nobody waits for it. */
const AT_ONCE = 5_000;
const RETENTION = freely('the house keeps signals for as long as the plan says');

/**
 * Deletes signals that are older than the plan of their organisation keeps, by the index of organisation and time. What
 * was deleted is in the audit as a count.
 */
export async function pruneSignals(db: Database, now: Date): Promise<number> {
  const shortest = Math.min(...PLAN_NAMES.map((name) => PLANS[name].entitlements.signalDays));
  const candidates = await readAcross(db, RETENTION, (tx) =>
    listOrganisationsWithSignals(tx, new Date(now.getTime() - Math.min(shortest, 1) * DAY)),
  );
  let deleted = 0;
  for (const orgId of candidates) deleted += await pruneOne(db, orgId, now);
  return deleted;
}

async function pruneOne(db: Database, orgId: OrgId, now: Date): Promise<number> {
  const { signalDays: days } = await readAcross(db, RETENTION, (tx) => findEntitlements(tx, orgId));
  if (days >= NO_LIMIT) return 0;
  const before = new Date(now.getTime() - days * DAY);
  let all = 0;
  for (;;) {
    const count = await actAcross({ db, now, from: NOWHERE }, RETENTION, async (unit) => {
      unit.nothingHappened();
      const some = await deleteSignalsBefore(unit.tx, orgId, before, AT_ONCE);
      if (some > 0)
        unit.happenedIn(orgId, { kind: 'system', task: 'prune-signals', orgId }, 'signals.expired', {
          orgId,
          count: some,
          days,
        });
      return some;
    });
    all += count;
    if (count < AT_ONCE) return all;
  }
}
