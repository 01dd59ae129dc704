import type { OrgId } from '#core/requests/ids.ts';
import type { Tx } from '#server/db/database.ts';
import { insertEvents, notifyTransient } from '#server/db/queries/events.ts';
import type { StoredEvent, TransientEvent } from './event.ts';

/**
 * Tells the organisation's open browsers, once the transaction commits. Returns the sequence of the last event. Last in
 * the transaction, where `act` does it: from here to the commit, the organisation's other events wait.
 */
export function appendEvents(tx: Tx, orgId: OrgId, events: readonly StoredEvent[]): Promise<number> {
  return insertEvents(tx, orgId, events);
}

/** Tells those who are there, once the transaction commits, and keeps nothing. */
export async function publishTransient(tx: Tx, orgId: OrgId, events: readonly TransientEvent[]): Promise<void> {
  for (const event of events) await notifyTransient(tx, orgId, event);
}
