import { countOwned, countUsed } from '#server/db/queries/quotas.ts';
import {
  PERSON_QUOTA_WORDS,
  PERSON_QUOTAS,
  QUOTA_WORDS,
  QUOTAS,
  type PersonQuota,
  type Quota,
} from '#server/policies/entitlements.ts';
import { read, readAcross } from '../act/read.ts';
import { freely } from '../act/right.ts';
import type { Caller } from '../context.ts';
import { findEntitlements } from '../quota.ts';

interface Usage {
  readonly quota: Quota | PersonQuota;
  readonly what: string;
  /** How room is made. */
  readonly advice: string;
  readonly used: number;
  readonly most: number;
}

/**
 * What the organisation has of everything that its plan bounds, how much it may have, and how room is made; behind it
 * the same of the person who asks.
 */
export async function getUsage(caller: Caller): Promise<Usage[]> {
  const { db, principal } = caller;
  const { orgId } = principal;
  const usage = await read(caller, 'org.read', async (tx) => {
    const entitlements = await findEntitlements(tx, orgId);
    const rows: Usage[] = [];
    for (const quota of QUOTAS) {
      const [what, advice] = QUOTA_WORDS[quota];
      rows.push({ quota, what, advice, used: await countUsed(tx, orgId, quota), most: entitlements[quota] });
    }
    return rows;
  });
  if (principal.kind !== 'person') return usage;
  const [what, advice] = PERSON_QUOTA_WORDS.organisations;
  const used = await readAcross(db, freely('people may know how many organisations they own themselves'), (tx) =>
    countOwned(tx, principal.userId),
  );
  return [...usage, { quota: 'organisations', what, advice, used, most: PERSON_QUOTAS.organisations }];
}
