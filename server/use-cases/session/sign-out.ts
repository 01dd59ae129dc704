import { notifyAccessChanged } from '#server/auth/access-changed.ts';
import { asSystem } from '#server/db/database.ts';
import { deleteSession } from '#server/db/queries/sessions.ts';
import { recordAct } from '../audit.ts';
import type { Caller } from '../context.ts';

export function signOut(caller: Caller): Promise<void> {
  const { db, actor } = caller;
  return asSystem(db, async (tx) => {
    await deleteSession(tx, actor.sessionId);
    await recordAct(tx, caller, { action: 'session.ended', entity: 'session', entityId: actor.sessionId });
    await notifyAccessChanged(tx, actor.userId);
  });
}
