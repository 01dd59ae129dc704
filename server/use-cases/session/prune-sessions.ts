import type { Database } from '#server/db/database.ts';
import { deleteLinksBefore } from '#server/db/queries/account-links.ts';
import { deleteLettersBefore } from '#server/db/queries/letters.ts';
import { deleteCeremoniesBefore } from '#server/db/queries/second-factors.ts';
import { deleteExpiredAttempts, deleteExpiredSessions } from '#server/db/queries/sessions.ts';
import { deleteDevicesUnseenSince } from '#server/db/queries/users.ts';
import { actAcross } from '../act/act.ts';
import { freely } from '../act/right.ts';
import { NOWHERE } from '../context.ts';

const DEVICE_KEPT_MS = 400 * 24 * 60 * 60 * 1000;

const LINK_KEPT_MS = 7 * 24 * 60 * 60 * 1000;
const LETTER_KEPT_MS = 30 * 24 * 60 * 60 * 1000;

/**
 * Forgets sessions that have ended, with the addresses in them, letters and links of long ago, attempts that count no
 * longer, and devices that nobody uses.
 */
export function pruneSessions(db: Database, now: Date): Promise<void> {
  return actAcross({ db, now, from: NOWHERE }, freely('the house forgets what has ended'), async (unit) => {
    const { tx } = unit;
    await deleteExpiredSessions(tx, now);
    await deleteExpiredAttempts(tx, now);
    await deleteDevicesUnseenSince(tx, new Date(now.getTime() - DEVICE_KEPT_MS));
    await deleteCeremoniesBefore(tx, now);
    await deleteLinksBefore(tx, new Date(now.getTime() - LINK_KEPT_MS));
    await deleteLettersBefore(tx, new Date(now.getTime() - LETTER_KEPT_MS));
    unit.nothingHappened();
  });
}
