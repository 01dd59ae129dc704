import type { Tx } from '#server/db/database.ts';
import { insertEvents } from '#server/db/queries/events.ts';
import type { LiveEvent } from './event.ts';

/**
 * Tells the organisation's open browsers, once the transaction commits. Returns the sequence of the last event. Last in the transaction, where `act`
 * does it: from here to the commit, the organisation's other events wait.
 */
export function appendEvents(tx: Tx, orgId: string, events: readonly LiveEvent[]): Promise<number> {
  return insertEvents(tx, orgId, events);
}
