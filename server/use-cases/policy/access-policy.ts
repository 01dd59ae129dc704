import { findAccessPolicy, listMembers, storeAccessPolicy } from '#server/db/queries/organisations.ts';
import { act } from '../act/act.ts';
import { read } from '../act/read.ts';
import { underLock } from '../act/right.ts';
import type { Caller } from '../context.ts';

/** How people may work in the organisation. */
interface AccessPolicy {
  /** So long after sign-in a session ends; null: as long as anywhere. */
  readonly sessionHours: number | null;
}

export function getAccessPolicy(caller: Caller): Promise<AccessPolicy> {
  return read(caller, 'org.read', async (tx) => ({
    sessionHours: (await findAccessPolicy(tx, caller.principal.orgId))?.sessionHours ?? null,
  }));
}

/** Holds at once, also for sessions that are open: whoever is signed in for longer signs in again. */
export function setAccessPolicy(caller: Caller, policy: AccessPolicy): Promise<void> {
  return act(caller, underLock('policy.manage'), async ({ tx, principal, now, happened, nothingHappened }) => {
    const { orgId } = principal;
    const before = (await findAccessPolicy(tx, orgId))?.sessionHours ?? null;
    if (before === policy.sessionHours) return nothingHappened();
    await storeAccessPolicy(tx, orgId, policy, now);
    const members = (await listMembers(tx, orgId)).map(({ userId }) => userId);
    happened('access.policy_changed', { orgId, before, after: policy.sessionHours, members });
  });
}
