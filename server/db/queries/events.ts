import { and, asc, eq, gt, sql } from 'drizzle-orm';
import type { Tx } from '../database.ts';
import { events, eventStreams } from '../schema/index.ts';

/** Channel on which the id of an organisation is sent when it has new events. */
export const EVENTS_CHANNEL = 'alphaloom_events';

/** Takes the organisation's next `count` sequences: the last of them. The row stays locked until the transaction ends, so sequences commit in order. */
export async function nextSequence(tx: Tx, orgId: string, count = 1): Promise<number> {
  const [row] = await tx
    .insert(eventStreams)
    .values({ orgId, lastSequence: count })
    .onConflictDoUpdate({
      target: eventStreams.orgId,
      set: { lastSequence: sql`${eventStreams.lastSequence} + ${count}::bigint` },
    })
    .returning({ sequence: eventStreams.lastSequence });
  if (!row) throw new Error('an upsert returns its row');
  return row.sequence;
}

export async function insertEvents(
  tx: Tx,
  orgId: string,
  rows: readonly { sequence: number; kind: string; payload: unknown }[],
): Promise<void> {
  await tx.insert(events).values(rows.map((row) => ({ orgId, ...row })));
  await tx.execute(sql`select pg_notify(${EVENTS_CHANNEL}, ${orgId})`);
}

/** The newest sequence given out; 0 when nothing has happened yet. */
export async function lastSequence(tx: Tx, orgId: string): Promise<number> {
  const [row] = await tx
    .select({ sequence: eventStreams.lastSequence })
    .from(eventStreams)
    .where(eq(eventStreams.orgId, orgId));
  return row?.sequence ?? 0;
}

export function listEventsAfter(tx: Tx, orgId: string, sequence: number, limit: number) {
  return tx
    .select({ sequence: events.sequence, kind: events.kind, payload: events.payload })
    .from(events)
    .where(and(eq(events.orgId, orgId), gt(events.sequence, sequence)))
    .orderBy(asc(events.sequence))
    .limit(limit);
}
