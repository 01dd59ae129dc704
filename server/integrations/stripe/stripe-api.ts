import Stripe from 'stripe';

/** Where Stripe is, and as whom we ask. */
interface Access {
  readonly secretKey: string;
  readonly apiBase?: string;
}

const TIMEOUT_MS = 20_000;

/** What is asked of Stripe. Waits and tries again by itself where an answer did not come. */
export function openStripe({ secretKey, apiBase }: Access): Stripe {
  const at = apiBase === undefined ? null : new URL(apiBase);
  return new Stripe(secretKey, {
    maxNetworkRetries: 3,
    timeout: TIMEOUT_MS,
    telemetry: false,
    appInfo: { name: 'Alphaloom' },
    ...(at
      ? {
          host: at.hostname,
          port: at.port || 443,
          protocol: at.protocol === 'http:' ? ('http' as const) : ('https' as const),
        }
      : {}),
  });
}

export type StripeApi = Stripe;

/** What Stripe says of a customer's subscription; null where there is none. Times are dates. */
export interface Subscription {
  readonly id: string;
  readonly status: string;
  readonly priceId: string;
  readonly seats: number;
  readonly itemId: string;
  readonly trialEndsAt: Date | null;
  readonly periodEndsAt: Date | null;
  readonly endsAt: Date | null;
  /** When the invoice that is not paid was due. */
  readonly pastDueSince: Date | null;
}

/** From what gives most to what gives nothing. */
const STATUSES = ['active', 'trialing', 'past_due', 'unpaid', 'paused', 'incomplete', 'canceled', 'incomplete_expired'];
const rank = (status: string): number => STATUSES.indexOf(status) >>> 0;

/** Of a customer's subscriptions to one of our prices the one that gives most, the newest of such. */
export async function findSubscription(
  stripe: StripeApi,
  customer: string,
  isOurs: (priceId: string) => boolean,
): Promise<Subscription | null> {
  let best: Stripe.Subscription | null = null;
  const asked = { customer, status: 'all', limit: 100, expand: ['data.latest_invoice'] } as const;
  for await (const one of stripe.subscriptions.list({ ...asked, expand: [...asked.expand] })) {
    if (!one.items.data.some(({ price }) => isOurs(price.id))) continue;
    if (!best || rank(one.status) < rank(best.status)) best = one;
  }
  return best && present(best, isOurs);
}

const dateOf = (seconds: number | null | undefined): Date | null =>
  seconds === null || seconds === undefined ? null : new Date(seconds * 1000);

function present(found: Stripe.Subscription, isOurs: (priceId: string) => boolean): Subscription | null {
  const item = found.items.data.find(({ price }) => isOurs(price.id));
  if (!item) return null;
  const invoice = typeof found.latest_invoice === 'string' ? null : found.latest_invoice;
  const periodEnd = dateOf(item.current_period_end);
  return {
    id: found.id,
    status: found.status,
    priceId: item.price.id,
    itemId: item.id,
    seats: item.quantity ?? 1,
    trialEndsAt: dateOf(found.trial_end),
    periodEndsAt: periodEnd,
    endsAt: dateOf(found.ended_at ?? found.cancel_at) ?? (found.cancel_at_period_end ? periodEnd : null),
    pastDueSince:
      found.status === 'past_due' ? dateOf(invoice?.status_transitions.finalized_at ?? invoice?.created) : null,
  };
}

export interface Invoice {
  readonly id: string;
  readonly number: string | null;
  readonly status: string | null;
  /** In the smallest unit of the currency. */
  readonly total: number;
  readonly currency: string;
  readonly createdAt: number;
  /** A page of Stripe's, and the file. */
  readonly page: string | null;
  readonly file: string | null;
}

/** A page of invoices, the newest first. */
export async function listInvoices(
  stripe: StripeApi,
  { customer, limit, after }: { readonly customer: string; readonly limit: number; readonly after: string | undefined },
): Promise<Invoice[]> {
  const { data } = await stripe.invoices.list({
    customer,
    limit,
    ...(after === undefined ? {} : { starting_after: after }),
  });
  return data.map(({ id, number, status, total, currency, created, hosted_invoice_url: page, invoice_pdf: file }) => ({
    id,
    number,
    status,
    total,
    currency,
    createdAt: created * 1000,
    page: page ?? null,
    file: file ?? null,
  }));
}

export interface Price {
  readonly id: string;
  /** In the smallest unit of the currency, without taxes or with, as Stripe says. */
  readonly amount: number;
  readonly currency: string;
  readonly interval: string;
  readonly intervals: number;
}

export async function findPrice(stripe: StripeApi, id: string): Promise<Price> {
  const { unit_amount: amount, currency, recurring } = await stripe.prices.retrieve(id);
  if (amount === null || !recurring) throw new Error(`the price ${id} is no recurring price with one amount`);
  return { id, amount, currency, interval: recurring.interval, intervals: recurring.interval_count };
}

/**
 * The customers of events since a moment, UTC milliseconds, each once; the oldest event that Stripe keeps is 30 days
 * old.
 */
export async function listChangedCustomers(stripe: StripeApi, since: number): Promise<ReadonlySet<string>> {
  const customers = new Set<string>();
  for await (const event of stripe.events.list({ limit: 100, created: { gte: Math.floor(since / 1000) } })) {
    const customer = customerOf(event);
    if (customer !== null) customers.add(customer);
  }
  return customers;
}

/** Whom an event of Stripe's is about; null where it is about no customer. */
export function customerOf(event: unknown): string | null {
  const object = (event as { readonly data?: { readonly object?: unknown } }).data?.object;
  if (typeof object !== 'object' || object === null) return null;
  const { object: type, id, customer } = object as Readonly<Record<string, unknown>>;
  const named =
    type === 'customer'
      ? id
      : typeof customer === 'object' && customer !== null
        ? (customer as { id?: unknown }).id
        : customer;
  return typeof named === 'string' && /^[\w-]{1,255}$/.test(named) ? named : null;
}

/** What Stripe refused, in Stripe's words for people; null for any other failure. */
export const refusalOfStripe = (error: unknown): string | null =>
  error instanceof Stripe.errors.StripeError ? error.message : null;
