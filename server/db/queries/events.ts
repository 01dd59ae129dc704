import { and, asc, eq, gt, inArray, lt, sql } from 'drizzle-orm';
import type { OrgId } from '#core/requests/ids.ts';
import type { Tx } from '../database.ts';
import { events, eventStreams } from '../schema/index.ts';
import { interval } from './interval.ts';

/**
 * Channel on which the id of an organisation is sent when it has new events, with the sequence of the last: `<id>
 * <sequence>`.
 */
export const EVENTS_CHANNEL = 'alphaloom_events';

/** Channel of events that are sent and not stored: `<id of the organisation> <event as JSON>`. */
export const TRANSIENT_CHANNEL = 'alphaloom_transient';

/**
 * Appends events behind the organisation's last one, and wakes those who wait. The row of sequences stays locked until
 * the transaction ends, so sequences commit in order and without a gap. One statement, so that the lock is held for no
 * more than that. Returns the last sequence.
 */
export async function insertEvents(
  tx: Tx,
  orgId: OrgId,
  added: readonly { readonly kind: string; readonly payload: unknown }[],
): Promise<number> {
  const [row] = await tx.execute<{ sequence: string }>(sql`
    with taken as (
      insert into ${eventStreams} (org_id, last_sequence) values (${orgId}::uuid, ${added.length}::bigint)
      on conflict (org_id) do update set last_sequence = event_streams.last_sequence + excluded.last_sequence
      returning last_sequence
    ), added as (
      insert into ${events} (org_id, sequence, kind, payload)
      select ${orgId}::uuid, last_sequence - ${added.length}::bigint + place, event->>'kind', event->'payload'
      from taken, jsonb_array_elements(${JSON.stringify(added)}::jsonb) with ordinality as given(event, place)
    )
    select last_sequence as sequence, pg_notify(${EVENTS_CHANNEL}, ${orgId} || ' ' || last_sequence) from taken`);
  if (!row) throw new Error('an upsert returns its row');
  return Number(row.sequence);
}

/** The newest sequence given out; 0 when nothing has happened yet. */
export async function lastSequence(tx: Tx, orgId: OrgId): Promise<number> {
  const [row] = await tx
    .select({ sequence: eventStreams.lastSequence })
    .from(eventStreams)
    .where(eq(eventStreams.orgId, orgId));
  return row?.sequence ?? 0;
}

export function listEventsAfter(tx: Tx, orgId: OrgId, sequence: number, limit: number) {
  return tx
    .select({ sequence: events.sequence, kind: events.kind, payload: events.payload })
    .from(events)
    .where(and(eq(events.orgId, orgId), gt(events.sequence, sequence)))
    .orderBy(asc(events.sequence))
    .limit(limit);
}

/** By the clock of the database, in milliseconds. */
export async function deleteEventsOlderThan(tx: Tx, age: number): Promise<void> {
  await tx.delete(events).where(lt(events.createdAt, sql`now() - ${interval(age)}`));
}

/** The last sequences of the organisations in which anything has happened. */
export function listLastSequences(tx: Tx, orgIds: readonly OrgId[]) {
  return tx
    .select({ orgId: eventStreams.orgId, sequence: eventStreams.lastSequence })
    .from(eventStreams)
    .where(inArray(eventStreams.orgId, [...orgIds]));
}

export async function notifyTransient(tx: Tx, orgId: OrgId, event: unknown): Promise<void> {
  await tx.execute(sql`select pg_notify(${TRANSIENT_CHANNEL}, ${`${orgId} ${JSON.stringify(event)}`})`);
}

/** Sends a text to whoever listens on a channel of Postgres, at the commit. */
export async function notify(tx: Tx, channel: string, text: string): Promise<void> {
  await tx.execute(sql`select pg_notify(${channel}, ${text})`);
}
