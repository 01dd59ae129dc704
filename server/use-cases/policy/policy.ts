import { findPolicy, storePolicy } from '#server/db/queries/publications.ts';
import type { Person } from '#server/policies/principal.ts';
import { NO_POLICY, type PublicationPolicy } from '#server/policies/publication.ts';
import { act } from '../act/act.ts';
import { read } from '../act/read.ts';
import { underLock } from '../act/right.ts';
import type { Caller } from '../context.ts';

/** What the organisation asks for before a version is published. */
export function getPolicy(caller: Caller) {
  return read(caller, 'org.read', async (tx) => {
    const { approvals, roles } = (await findPolicy(tx, caller.principal.orgId)) ?? NO_POLICY;
    return { approvals, roles: [...roles] };
  });
}

/** Under the lock under which versions are published: each publication is by one policy. */
export function setPolicy(caller: Caller<Person>, policy: PublicationPolicy): Promise<void> {
  return act(caller, underLock('policy.manage'), async ({ tx, principal, now, happened, nothingHappened }) => {
    const { orgId } = principal;
    const before = (await findPolicy(tx, orgId)) ?? NO_POLICY;
    if (JSON.stringify(before) === JSON.stringify(policy)) return nothingHappened();
    await storePolicy(tx, orgId, policy, now);
    happened('policy.changed', { orgId, before, after: policy });
  });
}
