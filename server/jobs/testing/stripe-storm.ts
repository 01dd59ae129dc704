import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import type { OrgId } from '#core/requests/ids.ts';
import { asSystem } from '#server/db/database.ts';
import { billingAccounts, organisations } from '#server/db/schema/index.ts';
import type { DatabaseUrls } from '#server/db/urls.ts';
import type { Runtime } from '#server/runtime.ts';
import { signatureOf } from '#server/stand-ins/stripe/deliver-events.ts';
import type { CheckoutSession, Customer, Price } from '#server/stand-ins/stripe/objects.ts';
import { startStripe, type StandIn } from '#server/stand-ins/stripe/start-stripe.ts';
import { newId, now } from '#server/stand-ins/stripe/store.ts';
import { serveRoutes } from '#server/testing/serve-routes.ts';
import { KilledWorker } from './killed-worker.ts';

export interface Storm {
  readonly events: number;
  readonly doubled: number;
  readonly badlySigned: number;
  readonly kills: number;
  /** A number from 0 up to 1, the next at each call. */
  random(): number;
}

export interface StormResult {
  readonly accepted: number;
  readonly refused: number;
  /** Signed and answered, repeats too. */
  readonly acceptedASecond: number;
  /** Milliseconds from the receipt of an event until the plan says what Stripe says; those before a kill included. */
  readonly p50: number;
  readonly p99: number;
  readonly wrongPlans: readonly string[];
  readonly stillOpen: number;
}

const EVENTS_OF_ONE = 20;
const SENDERS = 16;
const CARD = '4242424242424242';

/** Sends many events of many organisations in any order, while workers are killed; tells what came of it. */
export async function runStorm(runtime: Runtime, urls: DatabaseUrls, storm: Storm): Promise<StormResult> {
  const stripe = await startStripe({ webhook: null, file: null });
  const { apiBase, secretKey, webhookSecret, prices } = stripe;
  const payments = { apiBase, secretKey, webhookSecret, prices };
  const served = await serveRoutes({ ...runtime, config: { ...runtime.config, stripe: payments } });
  const worker = new KilledWorker(urls, 'worker', payments);
  try {
    const customers = await populate(runtime, stripe, storm);
    const bodies = stripe.store
      .events()
      .slice(0, storm.events)
      .map((event) => JSON.stringify(event));
    const letters = shuffled(
      [
        ...bodies.map((body) => ({ body, secret: webhookSecret })),
        ...bodies.slice(0, storm.events * storm.doubled).map((body) => ({ body, secret: webhookSecret })),
        ...bodies
          .slice(0, storm.events * storm.badlySigned)
          .map((body) => ({ body, secret: 'whsec_of_somebody_else' })),
      ],
      storm.random,
    );
    await worker.start();
    let [accepted, refused, next] = [0, 0, 0];
    const begun = performance.now();
    const sender = async (): Promise<void> => {
      for (let letter = letters[next++]; letter; letter = letters[next++]) {
        const status = await deliver(served.port, letter.body, letter.secret);
        if (status === 200) accepted += 1;
        else refused += 1;
      }
    };
    let isSending = true;
    const sending = Promise.all(Array.from({ length: SENDERS }, sender)).finally(() => (isSending = false));
    // Whoever waits below sees the failure first.
    sending.catch(() => undefined);
    for (let kill = 1; kill <= storm.kills; kill += 1) {
      while (isSending && next < (letters.length * kill) / (storm.kills + 1)) await wait(5);
      await worker.kill();
      await worker.start();
    }
    await sending;
    const took = performance.now() - begun;
    const stillOpen = await untilApplied(runtime);
    return {
      accepted,
      refused,
      acceptedASecond: (accepted / took) * 1000,
      ...(await times(runtime)),
      wrongPlans: await findWrong(runtime, stripe, customers),
      stillOpen,
    };
  } finally {
    await worker.kill();
    await served.close();
    await stripe.close();
  }
}

/** As Stripe does: a delivery without an answer is sent again. */
async function deliver(port: number, body: string, secret: string): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await fetch(`http://127.0.0.1:${port}/api/stripe/webhook`, {
      method: 'POST',
      body,
      headers: { 'stripe-signature': signatureOf(body, secret) },
    }).catch((error: unknown) => {
      if (attempt === 5) throw error;
      return null;
    });
    await answer?.body?.cancel();
    if (answer) return answer.status;
  }
}

/** Organisations whose subscriptions have a past, each with about as many events. */
async function populate({ db }: Runtime, stripe: StandIn, { events, random }: Storm): Promise<Map<string, OrgId>> {
  const price = (id: string): Price => {
    const found = stripe.store.find('price', id);
    if (!found) throw new Error(`no price ${id}`);
    return found;
  };
  const [pro, enterprise] = [price('price_pro_month'), price('price_enterprise_month')];
  const customers = new Map<string, OrgId>();
  for (let one = 0; stripe.store.events().length < events; one += 1) {
    const customer: Customer = {
      id: newId('cus'),
      object: 'customer',
      created: now(),
      email: null,
      name: `Org ${one}`,
      metadata: {},
      card: CARD,
    };
    stripe.store.put(customer, 'customer.created');
    const [row] = await asSystem(db, (tx) =>
      tx
        .insert(organisations)
        .values({ name: `Org ${one}` })
        .returning({ id: organisations.id }),
    );
    if (!row) throw new Error('an insert returns its row');
    await asSystem(db, (tx) => tx.insert(billingAccounts).values({ orgId: row.id, customerId: customer.id }));
    customers.set(customer.id, row.id);
    const session: CheckoutSession = {
      id: newId('cs'),
      object: 'checkout.session',
      created: now(),
      mode: 'subscription',
      customer: customer.id,
      status: 'open',
      payment_status: 'unpaid',
      subscription: null,
      url: null,
      success_url: '',
      cancel_url: '',
      metadata: { org_id: row.id },
      price: pro.id,
      quantity: 1,
      trial_days: 0,
    };
    stripe.subscriptions.pay(session, pro, CARD);
    const current = () => stripe.store.list('subscription').find(({ metadata }) => metadata['org_id'] === row.id);
    for (let turn = 0; turn < EVENTS_OF_ONE - 6; turn += 1) {
      const before = current();
      if (!before || before.status === 'canceled') break;
      const dice = random();
      if (dice < 0.4) stripe.subscriptions.change(before, { price: dice < 0.2 ? pro : enterprise });
      else if (dice < 0.9) stripe.subscriptions.cancelAtEnd(before, dice < 0.6);
      else if (turn > 5) stripe.subscriptions.end(before);
    }
  }
  return customers;
}

function shuffled<T>(all: readonly T[], random: () => number): T[] {
  return all
    .map((one) => ({ one, at: random() }))
    .toSorted((one, other) => one.at - other.at)
    .map(({ one }) => one);
}

const countOpen = async ({ db }: Runtime): Promise<number> => {
  const [row] = await asSystem(db, (tx) =>
    tx.execute<{ open: string }>(sql`select count(*) as open from stripe_events where processed_at is null`),
  );
  return Number(row?.open ?? 0);
};

async function untilApplied(runtime: Runtime): Promise<number> {
  for (let turn = 0; turn < 600; turn += 1) {
    if ((await countOpen(runtime)) === 0) return 0;
    await wait(100);
  }
  return countOpen(runtime);
}

async function times({ db }: Runtime): Promise<{ p50: number; p99: number }> {
  const [row] = await asSystem(db, (tx) =>
    tx.execute<{ p50: number; p99: number }>(sql`
      select percentile_cont(0.5) within group (order by took) as p50, percentile_cont(0.99) within group
        (order by took) as p99
      from (select extract(epoch from processed_at - received_at)::float8 * 1000 as took from stripe_events) as taken`),
  );
  return { p50: row?.p50 ?? Number.NaN, p99: row?.p99 ?? Number.NaN };
}

/** Organisations whose account differs from what Stripe says in the end. */
async function findWrong({ db }: Runtime, stripe: StandIn, customers: ReadonlyMap<string, OrgId>): Promise<string[]> {
  const rows = await asSystem(db, (tx) => tx.select().from(billingAccounts));
  const accounts = new Map(rows.map((row) => [row.customerId, row]));
  const truth = new Map(stripe.store.list('subscription').map((one) => [one.customer, one]));
  return [...customers.keys()].filter((customer) => {
    const account = accounts.get(customer);
    const said = truth.get(customer);
    const plan = stripe.prices.find(({ price }) => price === said?.items.data[0].price.id)?.plan;
    const inForce = said?.status === 'canceled' ? 'free' : plan;
    return account?.status !== said?.status || account?.plan !== plan || account?.settledPlan !== inForce;
  });
}
