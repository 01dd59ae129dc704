import { withOrg } from '#server/db/database.ts';
import { markRead as update, type WhichNotifications } from '#server/db/queries/notifications.ts';
import { appendEvent } from '#server/live/append-event.ts';
import type { Caller } from '../context.ts';

/** Marks what the person was told as read, in all of their windows. What is read already, or somebody else's, is left alone. */
export function markRead({ db, actor, now }: Caller, which: WhichNotifications): Promise<void> {
  return withOrg(db, actor.orgId, async (tx) => {
    const changed = await update(tx, actor, which, now);
    if (changed > 0)
      await appendEvent(tx, actor.orgId, { kind: 'notification.changed', payload: { userIds: [actor.userId] } });
  });
}
