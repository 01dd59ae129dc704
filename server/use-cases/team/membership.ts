import type { Actor } from '#server/auth/actor.ts';
import type { Tx } from '#server/db/database.ts';
import { listInvitationsOf, markRevoked } from '#server/db/queries/invitations.ts';
import { countOwners, findRole } from '#server/db/queries/organisations.ts';
import { AppError } from '#server/errors.ts';
import { can, isAtLeast, type Role } from '#server/policies/permissions.ts';
import { recordAct } from '../audit.ts';
import type { Caller } from '../context.ts';

/** The role of a member whom the actor may change or remove. Call it in `inLockedOrganisation`, with the actor of then. */
export async function roleOfMember(tx: Tx, actor: Actor, userId: string): Promise<Role> {
  const role = await findRole(tx, actor.orgId, userId);
  if (role === null) throw new AppError('NOT_FOUND', 'There is no such member.');
  if (!isAtLeast(actor.role, role))
    throw new AppError('FORBIDDEN', `As ${actor.role} you can't change the membership of an ${role}.`);
  return role;
}

/** Every organisation keeps an owner, or nobody could manage it any more. Call it in `inLockedOrganisation`. */
export async function keepAnOwner(tx: Tx, orgId: string): Promise<void> {
  if ((await countOwners(tx, orgId)) === 0)
    throw new AppError('CONFLICT', 'An organisation needs an owner. Make somebody else an owner first.');
}

/** What a link made by somebody with this role gives now; null when it gives nothing. */
export function roleOfLink(makersRole: Role | null, role: Role): Role | null {
  if (makersRole === null || !can(makersRole, 'team.manage')) return null;
  return isAtLeast(makersRole, role) ? role : makersRole;
}

/** Withdraws the links of a member whose role is `role` now (null for who has left) as far as that role could not make them. */
export async function withdrawLinks(
  tx: Tx,
  caller: Pick<Caller, 'actor' | 'from' | 'now'>,
  userId: string,
  role: Role | null,
): Promise<void> {
  const { orgId } = caller.actor;
  for (const link of await listInvitationsOf(tx, orgId, userId)) {
    if (roleOfLink(role, link.role) === link.role) continue;
    await markRevoked(tx, orgId, link.id, caller.now);
    await recordAct(tx, caller, {
      action: 'invitation.revoked',
      entity: 'invitation',
      entityId: link.id,
      difference: { role: [link.role, null] },
    });
  }
}
