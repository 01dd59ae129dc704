import { and, eq, inArray, isNull, lt, sql } from 'drizzle-orm';
import type { Tx } from '../database.ts';
import { installation, stripeEvents } from '../schema/index.ts';

interface NewStripeEvent {
  readonly id: string;
  readonly type: string;
  readonly customerId: string | null;
  readonly payload: string;
}

/** The job that an event leads to: one a customer that waits, and another behind one that is under way. */
interface CustomerJob {
  readonly name: string;
  readonly attempts: number;
}

const jobFor = (customer: string, { name, attempts }: CustomerJob) =>
  sql`graphile_worker.add_job(identifier => ${name}, payload => json_build_object('customerId', ${customer}::text),
    max_attempts => ${attempts}::int, job_key => ${`customer ${customer}`}, job_key_mode => 'preserve_run_at')`;

/**
 * Stores an event once, with the job that sees to its customer, in one statement. False when the event is stored
 * already: then nothing is added.
 */
export async function acceptStripeEvent(tx: Tx, event: NewStripeEvent, job: CustomerJob): Promise<boolean> {
  const { id, type, customerId, payload } = event;
  const rows = await tx.execute(sql`
    with added as (
      insert into ${stripeEvents} (id, type, customer_id, payload, processed_at)
      values (${id}, ${type}, ${customerId}, ${payload}, ${customerId === null ? sql`now()` : null})
      on conflict do nothing returning id
    )
    select id ${customerId === null ? sql`` : sql`, ${jobFor(customerId, job)}`} from added`);
  return rows.length > 0;
}

export async function addCustomerJob(tx: Tx, customer: string, job: CustomerJob): Promise<void> {
  await tx.execute(sql`select ${jobFor(customer, job)}`);
}

/** Events of a customer that nobody has seen to. */
export async function listOpenEvents(tx: Tx, customerId: string): Promise<string[]> {
  const rows = await tx
    .select({ id: stripeEvents.id })
    .from(stripeEvents)
    .where(and(eq(stripeEvents.customerId, customerId), isNull(stripeEvents.processedAt)));
  return rows.map(({ id }) => id);
}

export async function finishStripeEvents(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .update(stripeEvents)
    .set({ processedAt: sql`now()` })
    .where(and(inArray(stripeEvents.id, [...ids]), isNull(stripeEvents.processedAt)));
}

export async function findEventsSeenTo(tx: Tx): Promise<Date | null> {
  const [row] = await tx.select({ at: installation.eventsSeenTo }).from(installation);
  return row?.at ?? null;
}

export async function storeEventsSeenTo(tx: Tx, at: Date): Promise<void> {
  await tx.update(installation).set({ eventsSeenTo: at });
}

/** Stripe itself keeps its events for thirty days. */
export async function deleteStripeEventsBefore(tx: Tx, before: Date): Promise<void> {
  await tx.delete(stripeEvents).where(lt(stripeEvents.receivedAt, before));
}
