import type { UserId } from '#core/requests/ids.ts';
import type { Person } from '#server/policies/principal.ts';
import { act } from '../act/act.ts';
import type { Caller } from '../context.ts';
import { endMembership } from './end-membership.ts';
import { roleOfMember } from './membership.ts';

export function removeMember(caller: Caller<Person>, { userId }: { readonly userId: UserId }): Promise<void> {
  return act(caller, 'team.manage', async (unit) => {
    const role = await roleOfMember(unit.tx, unit.principal, userId);
    await endMembership(unit, { userId, role }, 'member.removed');
  });
}
