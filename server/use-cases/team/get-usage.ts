import { countUsed } from '#server/db/queries/quotas.ts';
import { QUOTA_WORDS, QUOTAS, type Quota } from '#server/policies/entitlements.ts';
import { read } from '../act/read.ts';
import type { Caller } from '../context.ts';
import { findEntitlements } from '../quota.ts';

interface Usage {
  readonly quota: Quota;
  readonly what: string;
  /** How room is made. */
  readonly advice: string;
  readonly used: number;
  readonly most: number;
}

/** What the organisation has of everything that its plan bounds, how much it may have, and how room is made. */
export function getUsage(caller: Caller): Promise<Usage[]> {
  const { orgId } = caller.principal;
  return read(caller, 'org.read', async (tx) => {
    const entitlements = await findEntitlements(tx, orgId);
    const usage: Usage[] = [];
    for (const quota of QUOTAS) {
      const [what, advice] = QUOTA_WORDS[quota];
      usage.push({ quota, what, advice, used: await countUsed(tx, orgId, quota), most: entitlements[quota] });
    }
    return usage;
  });
}
