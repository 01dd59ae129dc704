import type { OrgId, UserId } from '#core/requests/ids.ts';
import type { Tx } from '#server/db/database.ts';
import { listInvitationsOf, markRevoked } from '#server/db/queries/invitations.ts';
import { countOwners, findRole } from '#server/db/queries/organisations.ts';
import { AppError } from '#server/errors.ts';
import { isAtLeast, roleMay, type Role } from '#server/policies/permissions.ts';
import type { Person } from '#server/policies/principal.ts';
import type { Unit } from '../act/act.ts';

/**
 * The role of a member whom the person may change or remove. Under the lock of the organisation, with the person of
 * then.
 */
export async function roleOfMember(tx: Tx, by: Person, userId: UserId): Promise<Role> {
  const role = await findRole(tx, by.orgId, userId);
  if (role === null) throw new AppError('NOT_FOUND', 'There is no such member.');
  if (!isAtLeast(by.role, role))
    throw new AppError('FORBIDDEN', `As ${by.role} you can't change the membership of an ${role}.`);
  return role;
}

/** Every organisation keeps an owner, or nobody could manage it any more. Under the lock of the organisation. */
export async function requireAnOwner(tx: Tx, orgId: OrgId): Promise<void> {
  if ((await countOwners(tx, orgId)) === 0)
    throw new AppError('CONFLICT', 'An organisation needs an owner. Make somebody else an owner first.');
}

/** What a link made by somebody with this role gives now; null when it gives nothing. */
export function roleOfLink(makersRole: Role | null, role: Role): Role | null {
  if (makersRole === null || !roleMay(makersRole, 'team.manage')) return null;
  return isAtLeast(makersRole, role) ? role : makersRole;
}

/**
 * Withdraws the links of a member whose role is `role` now (null for who has left) as far as that role could not make
 * them.
 */
export async function withdrawLinks(
  { tx, principal: { orgId }, now, happened }: Unit,
  userId: UserId,
  role: Role | null,
): Promise<void> {
  for (const link of await listInvitationsOf(tx, orgId, userId)) {
    if (roleOfLink(role, link.role) === link.role) continue;
    await markRevoked(tx, orgId, link.id, now);
    happened('invitation.revoked', { id: link.id, role: link.role });
  }
}
