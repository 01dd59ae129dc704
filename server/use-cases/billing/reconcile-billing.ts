import type { Database } from '#server/db/database.ts';
import { findBillingAccount, listBillingAccounts } from '#server/db/queries/billing.ts';
import { countUsed } from '#server/db/queries/quotas.ts';
import {
  addCustomerJob,
  deleteStripeEventsBefore,
  findEventsSeenTo,
  storeEventsSeenTo,
} from '#server/db/queries/stripe-events.ts';
import { listChangedCustomers } from '#server/integrations/stripe/stripe-api.ts';
import { PLANS } from '#server/policies/plans.ts';
import { syncCustomer as syncCustomerJob } from '#server/queue/definitions.ts';
import { actAcross } from '../act/act.ts';
import { readAcross } from '../act/read.ts';
import { freely } from '../act/right.ts';
import { NOWHERE } from '../context.ts';
import { planOfPrice, type Billing } from './billing.ts';
import { settlePlan } from './settle-plan.ts';

const HOUR = 3_600_000;
/** Stripe keeps its events for thirty days; we keep them for as long. */
const KEPT_MS = 30 * 24 * HOUR;
const HOUSE = freely('the house compares what it knows with what Stripe says');
const BY = { kind: 'system', task: 'reconcile-billing' } as const;

/**
 * Looks for what no event said: events that did not arrive, plans that end by time alone, seats that are more or fewer
 * than members. Returns how many customers are looked at again.
 */
export async function reconcileBilling(db: Database, billing: Billing | null, now: Date): Promise<number> {
  const context = { db, now, from: NOWHERE };
  const accounts = await readAcross(db, HOUSE, listBillingAccounts);
  for (const { orgId } of accounts)
    await actAcross(context, HOUSE, async (unit) => {
      unit.nothingHappened();
      await settlePlan(unit, orgId, { ...BY, orgId });
    });
  if (!billing) return 0;
  const seenTo = await readAcross(db, HOUSE, findEventsSeenTo);
  // An event appears in the list a little after its time.
  const since = Math.max((seenTo?.getTime() ?? 0) - HOUR, now.getTime() - KEPT_MS);
  const changed = await listChangedCustomers(billing.stripe, since);
  const ours = accounts.flatMap(({ customerId }) =>
    customerId !== null && changed.has(customerId) ? [customerId] : [],
  );
  await actAcross(context, HOUSE, async ({ tx, nothingHappened }) => {
    nothingHappened();
    for (const customer of ours) await addCustomerJob(tx, customer, syncCustomerJob);
    await storeEventsSeenTo(tx, now);
    await deleteStripeEventsBefore(tx, new Date(now.getTime() - KEPT_MS));
  });
  for (const { orgId } of accounts) await matchSeats(db, billing, orgId);
  return ours.length;
}

/** Of a plan that is paid by seats, as many seats as there are members. Stripe charges or credits the difference. */
async function matchSeats(
  db: Database,
  billing: Billing,
  orgId: Parameters<typeof findBillingAccount>[1],
): Promise<void> {
  const { account, members } = await readAcross(db, HOUSE, async (tx) => ({
    account: await findBillingAccount(tx, orgId),
    members: await countUsed(tx, orgId, 'members'),
  }));
  if (!account?.subscriptionId || account.priceId === null || account.seats === members || members === 0) return;
  const plan = planOfPrice(billing, account.priceId);
  if (!plan || PLANS[plan].billing !== 'seats' || account.status === 'canceled') return;
  const { items } = await billing.stripe.subscriptions.retrieve(account.subscriptionId);
  const item = items.data.find(({ price }) => price.id === account.priceId);
  if (item) await billing.stripe.subscriptionItems.update(item.id, { quantity: members });
}
