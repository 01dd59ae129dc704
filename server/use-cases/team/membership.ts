import type { Actor } from '#server/auth/actor.ts';
import type { Tx } from '#server/db/database.ts';
import { countOwners, findRole, lockOrganisation } from '#server/db/queries/organisations.ts';
import { AppError } from '#server/errors.ts';
import { isAtLeast, requirePermission, type Role } from '#server/policies/permissions.ts';

/** The role of a member whom the actor may change or remove. The organisation's members stay as they are until the transaction ends. */
export async function lockMember(tx: Tx, actor: Actor, userId: string): Promise<Role> {
  requirePermission(actor, 'team.manage');
  await lockOrganisation(tx, actor.orgId);
  const role = await findRole(tx, actor.orgId, userId);
  if (role === null) throw new AppError('NOT_FOUND', 'There is no such member.');
  if (!isAtLeast(actor.role, role)) throw new AppError('FORBIDDEN', `As ${actor.role} you can't change the membership of an ${role}.`);
  return role;
}

/** Every organisation keeps an owner, or nobody could manage it any more. Call under `lockMember`. */
export async function keepAnOwner(tx: Tx, orgId: string): Promise<void> {
  if ((await countOwners(tx, orgId)) === 0) throw new AppError('CONFLICT', 'An organisation needs an owner. Make somebody else an owner first.');
}
