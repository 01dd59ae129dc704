import { notifyAccessChanged } from '#server/auth/access-changed.ts';
import { withOrg } from '#server/db/database.ts';
import { deleteMembership } from '#server/db/queries/organisations.ts';
import { deleteSessionsOfMember } from '#server/db/queries/sessions.ts';
import { appendEvent } from '#server/live/append-event.ts';
import { recordAct } from '../audit.ts';
import type { Caller } from '../context.ts';
import { keepAnOwner, lockMember } from './membership.ts';

/** Ends a membership and every session that works in the organisation. What the person made stays. */
export function removeMember(caller: Caller, input: { readonly userId: string }): Promise<void> {
  const { db, actor } = caller;
  return withOrg(db, actor.orgId, async (tx) => {
    const role = await lockMember(tx, actor, input.userId);
    await deleteMembership(tx, actor.orgId, input.userId);
    await keepAnOwner(tx, actor.orgId);
    await deleteSessionsOfMember(tx, actor.orgId, input.userId);
    await recordAct(tx, caller, { action: 'member.removed', entity: 'member', entityId: input.userId, difference: { role: [role, null] } });
    await notifyAccessChanged(tx, input.userId);
    await appendEvent(tx, actor.orgId, { kind: 'team.changed', payload: {} });
  });
}
