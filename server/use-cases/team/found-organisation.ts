import type { OrgId, UserId } from '#core/requests/ids.ts';
import { insertMembership, insertOrganisation } from '#server/db/queries/organisations.ts';
import { countOwned, lockOwned } from '#server/db/queries/quotas.ts';
import { AppError } from '#server/errors.ts';
import { PERSON_QUOTA_WORDS, PERSON_QUOTAS } from '#server/policies/entitlements.ts';
import type { WideUnit } from '../act/act.ts';
import { addSampleMarket } from '../market/sample-market.ts';

/**
 * Makes an organisation that a person owns, with a market to begin with, unless they own as many as a person may.
 * Returns its id.
 */
export async function foundOrganisation(unit: WideUnit, userId: UserId, name: string): Promise<OrgId> {
  const { tx } = unit;
  await lockOwned(tx, userId);
  const [used, most] = [await countOwned(tx, userId), PERSON_QUOTAS.organisations];
  if (used >= most)
    throw new AppError(
      'PLAN_LIMIT',
      `You own ${used} organisations, and a person may own ${most}. ${PERSON_QUOTA_WORDS.organisations[1]}`,
      { used, most },
    );
  const orgId = await insertOrganisation(tx, name);
  await insertMembership(tx, { orgId, userId, role: 'owner' });
  await addSampleMarket(tx, orgId);
  unit.happenedIn(orgId, { kind: 'person', userId }, 'organisation.founded', { orgId, name });
  return orgId;
}
