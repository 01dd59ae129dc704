import { notifyAccessChanged } from '#server/auth/access-changed.ts';
import { updateRole } from '#server/db/queries/organisations.ts';
import { requireRotation } from '#server/db/queries/sessions.ts';
import { AppError } from '#server/errors.ts';
import { appendEvent } from '#server/live/append-event.ts';
import { isAtLeast, type Role } from '#server/policies/permissions.ts';
import { recordAct } from '../audit.ts';
import type { Caller } from '../context.ts';
import { inLockedOrganisation } from '../in-locked-organisation.ts';
import { keepAnOwner, roleOfMember, withdrawLinks } from './membership.ts';

/** Gives a member another role. Their sessions get new tokens, and links end that the new role could not make. */
export function changeRole(caller: Caller, input: { readonly userId: string; readonly role: Role }): Promise<void> {
  return inLockedOrganisation(caller, 'team.manage', async (tx, actor) => {
    const before = await roleOfMember(tx, actor, input.userId);
    if (!isAtLeast(actor.role, input.role))
      throw new AppError('FORBIDDEN', `As ${actor.role} you can't make somebody ${input.role}.`);
    if (before === input.role) return;
    await updateRole(tx, actor.orgId, input.userId, input.role);
    await keepAnOwner(tx, actor.orgId);
    await requireRotation(tx, actor.orgId, input.userId);
    await recordAct(tx, caller, {
      action: 'member.role_changed',
      entity: 'member',
      entityId: input.userId,
      difference: { role: [before, input.role] },
    });
    await withdrawLinks(tx, caller, input.userId, input.role);
    await notifyAccessChanged(tx, input.userId);
    await appendEvent(tx, actor.orgId, { kind: 'team.changed', payload: {} });
  });
}
