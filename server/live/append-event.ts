import type { Tx } from '#server/db/database.ts';
import { insertEvents, nextSequence } from '#server/db/queries/events.ts';
import type { LiveEvent } from './event.ts';

/**
 * Tells the organisation's open browsers, once the transaction commits. Returns the event's sequence. Call it last in the
 * transaction: from here to the commit, the organisation's other events wait.
 */
export const appendEvent = (tx: Tx, orgId: string, event: LiveEvent): Promise<number> =>
  appendEvents(tx, orgId, [event]);

/** The same for several events, in their order: the sequence of the last. */
export async function appendEvents(tx: Tx, orgId: string, events: readonly LiveEvent[]): Promise<number> {
  const last = await nextSequence(tx, orgId, events.length);
  const first = last - events.length + 1;
  await insertEvents(
    tx,
    orgId,
    events.map((event, index) => ({ sequence: first + index, ...event })),
  );
  return last;
}
