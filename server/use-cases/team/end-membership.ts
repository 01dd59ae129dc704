import { notifyAccessChanged } from '#server/auth/access-changed.ts';
import type { Tx } from '#server/db/database.ts';
import { deleteMembership } from '#server/db/queries/organisations.ts';
import { deleteSessionsOfMember } from '#server/db/queries/sessions.ts';
import { appendEvent } from '#server/live/append-event.ts';
import type { Role } from '#server/policies/permissions.ts';
import { recordAct } from '../audit.ts';
import type { Caller } from '../context.ts';
import { keepAnOwner, withdrawLinks } from './membership.ts';

/** Ends a membership, every session that works in the organisation, and the links that the person made. What else they made stays. Call it in `inLockedOrganisation`. */
export async function endMembership(
  tx: Tx,
  caller: Caller,
  member: { readonly userId: string; readonly role: Role },
  action: 'member.removed' | 'member.left',
): Promise<void> {
  const { orgId } = caller.actor;
  await deleteMembership(tx, orgId, member.userId);
  await keepAnOwner(tx, orgId);
  await deleteSessionsOfMember(tx, orgId, member.userId);
  await recordAct(tx, caller, {
    action,
    entity: 'member',
    entityId: member.userId,
    difference: { role: [member.role, null] },
  });
  await withdrawLinks(tx, caller, member.userId, null);
  await notifyAccessChanged(tx, member.userId);
  await appendEvent(tx, orgId, { kind: 'team.changed', payload: {} });
}
