import type { UserId } from '#core/requests/ids.ts';
import { updateRole } from '#server/db/queries/organisations.ts';
import { requireRotation } from '#server/db/queries/sessions.ts';
import { AppError } from '#server/errors.ts';
import { isAtLeast, type Role } from '#server/policies/permissions.ts';
import type { Person } from '#server/policies/principal.ts';
import { act } from '../act/act.ts';
import type { Caller } from '../context.ts';
import { requireAnOwner, roleOfMember, withdrawLinks } from './membership.ts';

/** Gives a member another role. Their sessions get new tokens, and links end that the new role could not make. */
export function changeRole(
  caller: Caller<Person>,
  { userId, role }: { readonly userId: UserId; readonly role: Role },
): Promise<void> {
  return act(caller, 'team.manage', async (unit) => {
    const { tx, principal } = unit;
    const { orgId } = principal;
    const before = await roleOfMember(tx, principal, userId);
    if (!isAtLeast(principal.role, role))
      throw new AppError('FORBIDDEN', `As ${principal.role} you can't make somebody ${role}.`);
    if (before === role) return unit.nothingHappened();
    await updateRole(tx, orgId, userId, role);
    await requireAnOwner(tx, orgId);
    await requireRotation(tx, orgId, userId);
    unit.happened('member.role_changed', { userId, before, role });
    await withdrawLinks(unit, userId, role);
  });
}
