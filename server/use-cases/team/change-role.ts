import { notifyAccessChanged } from '#server/auth/access-changed.ts';
import { withOrg } from '#server/db/database.ts';
import { updateRole } from '#server/db/queries/organisations.ts';
import { AppError } from '#server/errors.ts';
import { appendEvent } from '#server/live/append-event.ts';
import { isAtLeast, type Role } from '#server/policies/permissions.ts';
import { recordAct } from '../audit.ts';
import type { Caller } from '../context.ts';
import { keepAnOwner, lockMember } from './membership.ts';

export function changeRole(caller: Caller, input: { readonly userId: string; readonly role: Role }): Promise<void> {
  const { db, actor } = caller;
  return withOrg(db, actor.orgId, async (tx) => {
    const before = await lockMember(tx, actor, input.userId);
    if (!isAtLeast(actor.role, input.role)) throw new AppError('FORBIDDEN', `As ${actor.role} you can't make somebody ${input.role}.`);
    if (before === input.role) return;
    await updateRole(tx, actor.orgId, input.userId, input.role);
    await keepAnOwner(tx, actor.orgId);
    await recordAct(tx, caller, { action: 'member.role_changed', entity: 'member', entityId: input.userId, difference: { role: [before, input.role] } });
    await notifyAccessChanged(tx, input.userId);
    await appendEvent(tx, actor.orgId, { kind: 'team.changed', payload: {} });
  });
}
