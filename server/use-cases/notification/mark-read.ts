import { markRead as update, type WhichNotifications } from '#server/db/queries/notifications.ts';
import type { Person } from '#server/policies/principal.ts';
import { act } from '../act/act.ts';
import { freely } from '../act/right.ts';
import type { Caller } from '../context.ts';

/**
 * Marks what the person was told as read, in all of their windows. What is read already, or somebody else's, is left
 * alone.
 */
export function markRead(caller: Caller<Person>, which: WhichNotifications): Promise<void> {
  return act(caller, freely('of one’s own, whatever the role'), async ({ tx, principal, now, ...unit }) => {
    if ((await update(tx, principal, which, now)) > 0) unit.happened('notification.read', { userId: principal.userId });
    else unit.nothingHappened();
  });
}
