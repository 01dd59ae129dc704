import type { BotId } from '#core/requests/ids.ts';
import {
  listBotsInOrder,
  listOwners,
  lockBots,
  nameOfOrganisation,
  lockBillingAccount,
  storeKeptBots,
  updateBillingAccount,
} from '#server/db/queries/billing.ts';
import { countUsed } from '#server/db/queries/quotas.ts';
import { AppError } from '#server/errors.ts';
import { listInvoices as invoicesOf, refusalOfStripe } from '#server/integrations/stripe/stripe-api.ts';
import { GRACE_MS, PLANS, type PlanName } from '#server/policies/plans.ts';
import type { Person } from '#server/policies/principal.ts';
import { act, actAcross } from '../act/act.ts';
import { read, readAcross } from '../act/read.ts';
import { freely, underLock } from '../act/right.ts';
import type { Caller } from '../context.ts';
import type { Billing } from './billing.ts';
import { describePlan, settlePlan, whichStay } from './settle-plan.ts';
import { syncCustomer } from './sync-customer.ts';

interface Buyer extends Caller<Person> {
  readonly billing: Billing | null;
}

const BILLS = freely('an owner sees to the bills of the organisation');

/** The plan, what is known of its payment, and which bots are frozen; for everybody in the organisation. */
export function getBilling(caller: Buyer) {
  const { billing, principal, now } = caller;
  return read(caller, 'org.read', async (tx) => {
    const { plan, by, account } = await describePlan(tx, principal.orgId, now);
    const owners = await listOwners(tx, principal.orgId);
    const { pastDueSince } = account ?? {};
    return {
      plan,
      by,
      isSetUp: billing !== null,
      sold: [...new Set(billing?.prices.map((price) => price.plan) ?? [])],
      owners: owners.map(({ name }) => name),
      subscription:
        account?.subscriptionId && account.status
          ? {
              plan: account.plan,
              status: account.status,
              seats: account.seats,
              trialEndsAt: account.trialEndsAt?.getTime() ?? null,
              periodEndsAt: account.periodEndsAt?.getTime() ?? null,
              endsAt: account.endsAt?.getTime() ?? null,
              graceEndsAt: pastDueSince ? pastDueSince.getTime() + GRACE_MS : null,
            }
          : null,
      mayTry: !account?.hadSubscription,
    };
  });
}

/** The bots in the order in which they stay, and whether each is frozen. */
export function listBotsToKeep(caller: Caller<Person>) {
  const { orgId } = caller.principal;
  return read(caller, 'billing.manage', async (tx) => {
    const all = await listBotsInOrder(tx, orgId);
    const { account } = await describePlan(tx, orgId, caller.now);
    const order = whichStay(all, all.length, account?.keptBots ?? []);
    return all
      .map(({ id, name, status, frozenAt }) => ({ id, name, status, isFrozen: frozenAt !== null }))
      .toSorted((one, other) => order.indexOf(one.id) - order.indexOf(other.id));
  });
}

/** Which bots stay when the plan allows fewer than there are: now, or as soon as a smaller plan begins. */
export async function keepBots(
  caller: Caller<Person>,
  { botIds }: { readonly botIds: readonly BotId[] },
): Promise<void> {
  const { db, now, from, principal } = caller;
  const { orgId } = principal;
  await act(caller, underLock('billing.manage'), async ({ tx, happened }) => {
    const all = await lockBots(tx, orgId);
    const kept = all.filter(({ id }) => botIds.includes(id));
    if (kept.length !== new Set(botIds).size)
      throw new AppError('NOT_FOUND', 'One of these bots is gone. Choose again.');
    await storeKeptBots(
      tx,
      orgId,
      kept.map(({ id }) => id),
    );
    happened('bots.chosen', { orgId, kept: kept.map(({ name }) => name) });
  });
  await actAcross({ db, now, from }, BILLS, async (unit) => {
    unit.nothingHappened();
    await settlePlan(unit, orgId, principal);
  });
}

/** A page of Stripe's on which a plan is paid. Nothing changes here until Stripe says that it was. */
export async function startCheckout(
  caller: Buyer,
  { plan, price }: { readonly plan: PlanName; readonly price?: string | undefined },
) {
  const { billing, prices } = requireSold(caller, plan);
  const wanted = prices.find((one) => one === price) ?? prices[0];
  if (wanted === undefined || (price !== undefined && wanted !== price))
    throw new AppError('NOT_FOUND', 'This price is not offered any more. Load the page again.');
  const { orgId } = caller.principal;
  const { customer, account, members } = await customerFor(caller, billing);
  if (account.subscriptionId && ['active', 'trialing', 'past_due', 'unpaid'].includes(account.status ?? ''))
    throw new AppError('CONFLICT', 'Your organisation has a subscription already: change it on the page of payments.');
  const { trialDays, billing: way } = PLANS[plan];
  const back = `${billing.origin}/settings/billing`;
  const session = await asked(() =>
    billing.stripe.checkout.sessions.create({
      mode: 'subscription',
      customer,
      client_reference_id: orgId,
      line_items: [{ price: wanted, quantity: way === 'seats' ? members : 1 }],
      subscription_data: {
        metadata: { org_id: orgId },
        ...(trialDays > 0 && !account.hadSubscription ? { trial_period_days: trialDays } : {}),
      },
      automatic_tax: { enabled: true },
      customer_update: { address: 'auto', name: 'auto' },
      tax_id_collection: { enabled: true },
      allow_promotion_codes: true,
      success_url: `${back}?checkout=done`,
      cancel_url: `${back}?checkout=left`,
    }),
  );
  if (!session.url) throw new AppError('UNAVAILABLE', 'Stripe gave no page to pay on. Try again.');
  await act(caller, 'billing.manage', async ({ happened }) => happened('checkout.opened', { orgId, plan }));
  return { url: session.url };
}

/** A page of Stripe's where the plan is changed or cancelled, the card replaced, and invoices are found. */
export async function openPortal(caller: Buyer) {
  const billing = requireBilling(caller);
  const { customer } = await customerFor(caller, billing);
  const { url } = await asked(() =>
    billing.stripe.billingPortal.sessions.create({
      customer,
      return_url: `${billing.origin}/settings/billing?checkout=done`,
    }),
  );
  return { url };
}

/** Asks Stripe what is paid now: whoever comes back from Stripe's page does not wait for an event. */
export async function refreshBilling(caller: Buyer): Promise<void> {
  const billing = requireBilling(caller);
  const { account } = await read(caller, 'billing.manage', (tx) =>
    describePlan(tx, caller.principal.orgId, caller.now),
  );
  const customer = account?.customerId;
  if (customer) await asked(() => syncCustomer(caller.db, billing, customer, caller.principal));
}

export async function listInvoices(
  caller: Buyer,
  page: { readonly limit: number; readonly cursor?: string | undefined },
) {
  const { account } = await read(caller, 'billing.manage', (tx) =>
    describePlan(tx, caller.principal.orgId, caller.now),
  );
  const customer = account?.customerId;
  const { billing } = caller;
  if (!billing || !customer) return [];
  return asked(() => invoicesOf(billing.stripe, { customer, limit: page.limit, after: page.cursor }));
}

function requireBilling({ billing }: Pick<Buyer, 'billing'>): Billing {
  if (!billing)
    throw new AppError(
      'UNAVAILABLE',
      'Payments are not set up on this server: its operator sets STRIPE_SECRET_KEY first.',
    );
  return billing;
}

function requireSold(caller: Buyer, plan: PlanName): { readonly billing: Billing; readonly prices: readonly string[] } {
  const billing = requireBilling(caller);
  const prices = billing.prices.flatMap((one) => (one.plan === plan ? [one.price] : []));
  if (prices.length === 0) throw new AppError('NOT_FOUND', `${PLANS[plan].title} can’t be bought here: write to us.`);
  return { billing, prices };
}

/** The organisation's customer at Stripe, made once however often and by however many this is asked. */
async function customerFor(caller: Buyer, billing: Billing) {
  const { db, now, from, principal } = caller;
  const { orgId } = principal;
  await read(caller, 'billing.manage', async () => undefined);
  const { name, members } = await readAcross(db, BILLS, async (tx) => ({
    name: await nameOfOrganisation(tx, orgId),
    members: await countUsed(tx, orgId, 'members'),
  }));
  const before = await readAcross(db, BILLS, (tx) => describePlan(tx, orgId, now));
  const known = before.account?.customerId;
  const customer =
    known ??
    (
      await asked(() =>
        billing.stripe.customers.create(
          { name, email: principal.email, metadata: { org_id: orgId } },
          { idempotencyKey: `customer of ${orgId} by ${principal.userId}` },
        ),
      )
    ).id;
  const account = await actAcross({ db, now, from }, BILLS, async (unit) => {
    unit.nothingHappened();
    const found = await lockBillingAccount(unit.tx, orgId);
    if (found.customerId !== null) return found;
    await updateBillingAccount(unit.tx, orgId, { customerId: customer });
    return { ...found, customerId: customer };
  });
  return { customer: account.customerId ?? customer, account, members };
}

/** What Stripe refuses is said in Stripe's words. */
async function asked<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const said = refusalOfStripe(error);
    if (said === null) throw error;
    throw new AppError('UNAVAILABLE', `Stripe did not do this: ${said}`);
  }
}
