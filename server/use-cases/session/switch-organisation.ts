import { notifyAccessChanged } from '#server/auth/access-changed.ts';
import { asSystem } from '#server/db/database.ts';
import { findRole } from '#server/db/queries/organisations.ts';
import { switchSession } from '#server/db/queries/sessions.ts';
import { AppError } from '#server/errors.ts';
import type { Caller } from '../context.ts';

/** Goes on working in another organisation of the same person. */
export function switchOrganisation({ db, actor }: Caller, input: { readonly orgId: string }): Promise<void> {
  return asSystem(db, async (tx) => {
    if ((await findRole(tx, input.orgId, actor.userId)) === null) throw new AppError('NOT_FOUND', 'You do not belong to this organisation.');
    await switchSession(tx, actor.sessionId, input.orgId);
    await notifyAccessChanged(tx, actor.userId);
  });
}
