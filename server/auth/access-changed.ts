import type { UserId } from '#core/requests/ids.ts';
import type { Tx } from '#server/db/database.ts';
import { notify } from '#server/db/queries/events.ts';

/**
 * Channel on which the id of a person is sent whose sessions, role or membership changed, so that open sockets look
 * again.
 */
export const ACCESS_CHANNEL = 'alphaloom_access';

export const notifyAccessChanged = (tx: Tx, userId: UserId): Promise<void> => notify(tx, ACCESS_CHANNEL, userId);
