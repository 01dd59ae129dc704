import type { Tx } from '#server/db/database.ts';
import { insertEvent, nextSequence } from '#server/db/queries/events.ts';
import type { LiveEvent } from './event.ts';

/**
 * Tells the organisation's open browsers, once the transaction commits. Returns the event's sequence. Call it last in the
 * transaction: from here to the commit, the organisation's other events wait.
 */
export async function appendEvent(tx: Tx, orgId: string, event: LiveEvent): Promise<number> {
  const sequence = await nextSequence(tx, orgId);
  await insertEvent(tx, { orgId, sequence, ...event });
  return sequence;
}
