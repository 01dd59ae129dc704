import type { Actor } from '#server/auth/actor.ts';
import { withOrg, type Tx } from '#server/db/database.ts';
import { findRole, lockOrganisation } from '#server/db/queries/organisations.ts';
import { AppError } from '#server/errors.ts';
import { requirePermission, type Permission } from '#server/policies/permissions.ts';
import type { Caller } from './context.ts';

/**
 * One transaction under the lock of the actor's organisation. The actor's role is read again once the lock is held, since somebody else may
 * have changed it while this request waited: `work` gets the actor as they are now, and must take no other.
 */
export function inLockedOrganisation<T>(
  { db, actor }: Pick<Caller, 'db' | 'actor'>,
  permission: Permission,
  work: (tx: Tx, actor: Actor) => Promise<T>,
): Promise<T> {
  requirePermission(actor, permission);
  return withOrg(db, actor.orgId, async (tx) => {
    await lockOrganisation(tx, actor.orgId);
    const role = await findRole(tx, actor.orgId, actor.userId);
    if (role === null) throw new AppError('FORBIDDEN', 'You do not belong to this organisation any more.');
    const current: Actor = { ...actor, role };
    requirePermission(current, permission);
    return work(tx, current);
  });
}
