import type { UserId } from '#core/requests/ids.ts';
import { deleteMembership } from '#server/db/queries/organisations.ts';
import { deleteSessionsOfMember } from '#server/db/queries/sessions.ts';
import type { Role } from '#server/policies/permissions.ts';
import type { Unit } from '../act/act.ts';
import { requireAnOwner, withdrawLinks } from './membership.ts';

/**
 * Ends a membership, every session that works in the organisation, and the links that the person made. What else they
 * made stays. Under the lock of the organisation.
 */
export async function endMembership(
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
