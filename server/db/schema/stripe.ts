import { pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** Stripe's events by Stripe's own id, so that a repeat is known as one. */
export const stripeEvents = pgTable('stripe_events', {
  id: text('id').primaryKey(),
  type: text('type').notNull(),
  /** The event as Stripe sent it, as JSON text: what customers write may hold what jsonb can't. */
  payload: text('payload').notNull(),
  receivedAt: instant('received_at').notNull().defaultNow(),
  processedAt: instant('processed_at'),
});
