import type { Database } from '#server/db/database.ts';
import { deleteExpiredAttempts, deleteExpiredSessions } from '#server/db/queries/sessions.ts';
import { deleteDevicesUnseenSince } from '#server/db/queries/users.ts';
import { actAcross } from '../act/act.ts';
import { freely } from '../act/right.ts';
import { NOWHERE } from '../context.ts';

const DEVICE_KEPT_MS = 400 * 24 * 60 * 60 * 1000;

/**
 * Forgets sessions that have ended, with the addresses in them, attempts that count no longer, and devices that nobody
 * uses.
 */
export function pruneSessions(db: Database, now: Date): Promise<void> {
  return actAcross({ db, now, from: NOWHERE }, freely('the house forgets what has ended'), async (unit) => {
    const { tx } = unit;
    await deleteExpiredSessions(tx, now);
    await deleteExpiredAttempts(tx, now);
    await deleteDevicesUnseenSince(tx, new Date(now.getTime() - DEVICE_KEPT_MS));
    unit.nothingHappened();
  });
}
