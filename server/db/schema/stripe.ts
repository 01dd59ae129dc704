import { boolean, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { BotId, OrgId } from '#core/requests/ids.ts';
import { instant } from './columns.ts';
import { organisations } from './organisations.ts';

/** Stripe's events by Stripe's own id, so that a repeat is known as one. */
export const stripeEvents = pgTable(
  'stripe_events',
  {
    id: text('id').primaryKey(),
    type: text('type').notNull(),
    /** Whom the event is about; null where it is about nobody. */
    customerId: text('customer_id'),
    /** The event as Stripe sent it, as JSON text: what customers write may hold what jsonb can't. */
    payload: text('payload').notNull(),
    receivedAt: instant('received_at').notNull().defaultNow(),
    processedAt: instant('processed_at'),
  },
  (table) => [
    index('stripe_events_customer').on(table.customerId),
    index('stripe_events_received').on(table.receivedAt),
  ],
);

/** What Stripe said last of an organisation's subscription. Written whole, from what Stripe says at that moment. */
export const billingAccounts = pgTable(
  'billing_accounts',
  {
    orgId: uuid('org_id')
      .$type<OrgId>()
      .primaryKey()
      .references(() => organisations.id, { onDelete: 'cascade' }),
    customerId: text('customer_id').unique(),
    subscriptionId: text('subscription_id'),
    /** Null where nothing is subscribed. */
    plan: text('plan'),
    status: text('status'),
    seats: integer('seats'),
    priceId: text('price_id'),
    trialEndsAt: instant('trial_ends_at'),
    periodEndsAt: instant('period_ends_at'),
    /** When the subscription ends, where somebody has cancelled it. */
    endsAt: instant('ends_at'),
    pastDueSince: instant('past_due_since'),
    /** Whether the organisation has had a subscription: a trial is given once. */
    hadSubscription: boolean('had_subscription').notNull().default(false),
    /** Bots that stay when the plan allows fewer than there are, as an owner has chosen. */
    keptBots: jsonb('kept_bots').$type<readonly BotId[]>(),
    /** Of questions to Stripe the last that was asked, and the last whose answer is written here. */
    asked: integer('asked').notNull().default(0),
    answered: integer('answered').notNull().default(0),
    /** The plan that was in force when it was looked at last: what differs from it is a change of plan. */
    settledPlan: text('settled_plan'),
    syncedAt: instant('synced_at'),
  },
  (table) => [index('billing_accounts_past_due').on(table.pastDueSince)],
);

/** One row: what the servers of this installation were started with. */
export const installation = pgTable('installation', {
  isOnly: boolean('is_only').primaryKey().default(true),
  /** The plan of organisations without a subscription. */
  plan: text('plan').notNull(),
  /** Up to when events of Stripe were looked through for what did not arrive. */
  eventsSeenTo: instant('events_seen_to'),
});
