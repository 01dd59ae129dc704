import type { Caller } from '../context.ts';
import { inLockedOrganisation } from '../in-locked-organisation.ts';
import { endMembership } from './end-membership.ts';
import { roleOfMember } from './membership.ts';

export function removeMember(caller: Caller, { userId }: { readonly userId: string }): Promise<void> {
  return inLockedOrganisation(caller, 'team.manage', async (tx, actor) => {
    const role = await roleOfMember(tx, actor, userId);
    await endMembership(tx, caller, { userId, role }, 'member.removed');
  });
}
