import { and, eq, isNull } from 'drizzle-orm';
import type { Tx } from '../database.ts';
import { stripeEvents } from '../schema/index.ts';

/** False when the event is stored already. */
export async function insertStripeEvent(tx: Tx, event: typeof stripeEvents.$inferInsert): Promise<boolean> {
  const rows = await tx.insert(stripeEvents).values(event).onConflictDoNothing().returning({ id: stripeEvents.id });
  return rows.length > 0;
}

/** The type of the event; null when somebody has seen to it already. */
export async function finishStripeEvent(tx: Tx, id: string, now: Date): Promise<string | null> {
  const [row] = await tx
    .update(stripeEvents)
    .set({ processedAt: now })
    .where(and(eq(stripeEvents.id, id), isNull(stripeEvents.processedAt)))
    .returning({ type: stripeEvents.type });
  return row?.type ?? null;
}
