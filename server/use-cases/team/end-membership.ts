import type { UserId } from '#core/requests/ids.ts';
import { deleteMembership } from '#server/db/queries/organisations.ts';
import { deleteSessionsOfMember } from '#server/db/queries/sessions.ts';
import type { Role } from '#server/policies/permissions.ts';
import type { Person } from '#server/policies/principal.ts';
import { act, type Unit } from '../act/act.ts';
import { underLock } from '../act/right.ts';
import type { Caller } from '../context.ts';
import { requireAnOwner, roleOfMember, withdrawLinks } from './membership.ts';

/** Ends the person's own membership, with the sessions that work in the organisation: this one too. */
export function leaveOrganisation(caller: Caller<Person>): Promise<void> {
  return act(caller, underLock('org.read'), (unit) => endMembership(unit, unit.principal, 'member.left'));
}

export function removeMember(caller: Caller<Person>, { userId }: { readonly userId: UserId }): Promise<void> {
  return act(caller, 'team.manage', async (unit) => {
    const role = await roleOfMember(unit.tx, unit.principal, userId);
    await endMembership(unit, { userId, role }, 'member.removed');
  });
}

/**
 * Ends a membership, every session that works in the organisation, and the links that the person made. What else they
 * made stays. Under the lock of the organisation.
 */
async function endMembership(
  unit: Unit,
  { userId, role }: { readonly userId: UserId; readonly role: Role },
  how: 'member.removed' | 'member.left',
): Promise<void> {
  const {
    tx,
    principal: { orgId },
  } = unit;
  await deleteMembership(tx, orgId, userId);
  await requireAnOwner(tx, orgId);
  await deleteSessionsOfMember(tx, orgId, userId);
  unit.happened(how, { userId, role });
  await withdrawLinks(unit, userId, null);
}
