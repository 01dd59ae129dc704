import { notifyAccessChanged } from '#server/auth/access-changed.ts';
import { asSystem } from '#server/db/database.ts';
import { findRole } from '#server/db/queries/organisations.ts';
import { switchSession } from '#server/db/queries/sessions.ts';
import { AppError } from '#server/errors.ts';
import { recordAct } from '../audit.ts';
import type { Caller } from '../context.ts';

/** Goes on working in another organisation of the same person. */
export function switchOrganisation(caller: Caller, input: { readonly orgId: string }): Promise<void> {
  const { db, actor } = caller;
  return asSystem(db, async (tx) => {
    if ((await findRole(tx, input.orgId, actor.userId)) === null)
      throw new AppError('NOT_FOUND', 'You do not belong to this organisation.');
    await switchSession(tx, actor.sessionId, input.orgId);
    await recordAct(
      tx,
      { ...caller, actor: { ...actor, orgId: input.orgId } },
      { action: 'session.switched', entity: 'session', entityId: actor.sessionId },
    );
    await notifyAccessChanged(tx, actor.userId);
  });
}
