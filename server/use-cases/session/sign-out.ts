import { notifyAccessChanged } from '#server/auth/access-changed.ts';
import { asSystem } from '#server/db/database.ts';
import { deleteSession } from '#server/db/queries/sessions.ts';
import type { Caller } from '../context.ts';

export function signOut({ db, actor }: Caller): Promise<void> {
  return asSystem(db, async (tx) => {
    await deleteSession(tx, actor.sessionId);
    await notifyAccessChanged(tx, actor.userId);
  });
}
