import type { OrgId } from '#core/requests/ids.ts';
import type { Database } from '#server/db/database.ts';
import {
  findOrganisationOfCustomer,
  lockBillingAccount,
  numberQuestion,
  updateBillingAccount,
} from '#server/db/queries/billing.ts';
import { finishStripeEvents, listOpenEvents } from '#server/db/queries/stripe-events.ts';
import { findSubscription, type Subscription } from '#server/integrations/stripe/stripe-api.ts';
import { actAcross } from '../act/act.ts';
import type { By } from '../act/record.ts';
import { freely } from '../act/right.ts';
import { NOWHERE } from '../context.ts';
import { planOfPrice, type Billing } from './billing.ts';
import { settlePlan } from './settle-plan.ts';

const STRIPE_SAYS = freely('Stripe says what is paid');

/**
 * Asks Stripe what a customer has subscribed now and writes that down, whatever the events said that led here: neither
 * their order nor a repeat makes a difference. Customers who are not ours are left alone.
 */
export async function syncCustomer(db: Database, billing: Billing, customerId: string, by?: By): Promise<void> {
  const context = () => ({ db, now: new Date(), from: NOWHERE });
  const asked = await actAcross(context(), STRIPE_SAYS, async ({ tx, nothingHappened }) => {
    nothingHappened();
    const events = await listOpenEvents(tx, customerId);
    const orgId = await findOrganisationOfCustomer(tx, customerId);
    if (orgId === null) await finishStripeEvents(tx, events);
    return orgId === null ? null : { orgId, events, question: await numberQuestion(tx, orgId) };
  });
  if (!asked) return;
  const found = await findSubscription(billing.stripe, customerId, (price) => planOfPrice(billing, price) !== null);
  await actAcross(context(), STRIPE_SAYS, async (unit) => {
    unit.nothingHappened();
    await finishStripeEvents(unit.tx, asked.events);
    const { answered } = await lockBillingAccount(unit.tx, asked.orgId);
    // Somebody who asked later knows more.
    if (answered > asked.question) return;
    await write(asked.orgId, asked.question, found);
    await settlePlan(unit, asked.orgId, by ?? { kind: 'system', task: 'stripe', orgId: asked.orgId });

    async function write(orgId: OrgId, question: number, subscription: Subscription | null): Promise<void> {
      await updateBillingAccount(unit.tx, orgId, {
        answered: question,
        syncedAt: unit.now,
        subscriptionId: subscription?.id ?? null,
        plan: subscription && planOfPrice(billing, subscription.priceId),
        status: subscription?.status ?? null,
        seats: subscription?.seats ?? null,
        priceId: subscription?.priceId ?? null,
        trialEndsAt: subscription?.trialEndsAt ?? null,
        periodEndsAt: subscription?.periodEndsAt ?? null,
        endsAt: subscription?.endsAt ?? null,
        pastDueSince: subscription?.pastDueSince ?? null,
        ...(subscription && subscription.status !== 'incomplete' ? { hadSubscription: true } : {}),
      });
    }
  });
}
