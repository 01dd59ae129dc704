import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import { idOf, type BotId, type MarketId, type OrgId, type VersionId } from '#core/requests/ids.ts';
import { asSystem } from '#server/db/database.ts';
import { findBillingAccount } from '#server/db/queries/billing.ts';
import { auditLog, billingAccounts, bots, organisations, signals } from '#server/db/schema/index.ts';
import type { Person } from '#server/policies/principal.ts';
import { signatureOf } from '#server/stand-ins/stripe/deliver-events.ts';
import { startStripe, type StandIn } from '#server/stand-ins/stripe/start-stripe.ts';
import { callAs, type Caller } from '#server/testing/api.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';
import { openBilling, type Billing } from '#server/use-cases/billing/billing.ts';
import { pruneSignals } from '#server/use-cases/billing/prune-signals.ts';
import { reconcileBilling } from '#server/use-cases/billing/reconcile-billing.ts';
import { setInstallationPlan } from '#server/use-cases/billing/settle-plan.ts';
import { syncCustomer } from '#server/use-cases/billing/sync-customer.ts';
import { addSampleMarket } from '#server/use-cases/market/sample-market.ts';
import { handleStripeWebhook } from '../stripe-webhook.ts';

const api = testApi();
let stripe: StandIn;
let billing: Billing;
let orgId: OrgId;
let owner: Person;
let call: Caller;

beforeAll(async () => {
  stripe = await startStripe({ webhook: null, file: null });
  const opened = openBilling({ stripe, host: '127.0.0.1', port: 3000 });
  if (!opened) throw new Error('Stripe is set up');
  billing = opened;
  await setInstallationPlan(api.db, 'free');
});
afterAll(() => stripe.close());
beforeEach(async () => {
  orgId = await createOrganisation(api.db);
  owner = await createMember(api.db, orgId, 'owner');
  call = callAs({ ...api.runtime, billing }, owner);
});

const CARD = '4242 4242 4242 4242';
/** Fills the page that a checkout leads to, as a browser does. */
const send = (url: string, fields: Record<string, string>) =>
  fetch(url, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: new URL(url).origin },
    body: new URLSearchParams(fields),
  });
async function buy(plan: 'pro' | 'enterprise', card = CARD): Promise<void> {
  const { url } = await call.billing.checkout({ plan });
  const answer = await send(url, { card, act: 'pay' });
  expect([answer.status, answer.headers.get('location')]).toEqual([
    303,
    'http://localhost:3000/settings/billing?checkout=done',
  ]);
  await call.billing.refresh();
}
const subscription = () => {
  const found = stripe.store.list('subscription').find(({ metadata }) => metadata['org_id'] === orgId);
  if (!found) throw new Error('nothing is subscribed');
  return found;
};
const account = () => asSystem(api.db, (tx) => findBillingAccount(tx, orgId));
const changesOfPlan = async () =>
  (
    await asSystem(api.db, (tx) =>
      tx
        .select({ difference: auditLog.difference })
        .from(auditLog)
        .where(sql`org_id = ${orgId} and action = 'plan.changed'`)
        .orderBy(auditLog.at),
    )
  ).map(({ difference }) => difference?.plan ?? []);

async function makeBots(count: number): Promise<{ ids: BotId[]; versionId: VersionId; marketId: MarketId }> {
  const formula = await call.formula.create({ name: 'F', code: 'buy(when: close > sma(close, 3))' });
  const { id: versionId } = await call.version.create({ formulaId: formula.id, message: '' });
  await asSystem(api.db, (tx) => addSampleMarket(tx, orgId));
  const marketId = idOf('market', (await call.market.list())[0]?.id ?? '');
  const ids: BotId[] = [];
  for (let bot = 0; bot < count; bot += 1) {
    const made = { name: `Bot ${bot}`, versionId, marketId, mode: 'paper', settings: DEFAULT_SETTINGS } as const;
    ids.push((await call.bot.create(made)).id);
  }
  return { ids, versionId, marketId };
}
const frozen = async () =>
  (await call.bot.list())
    .filter(({ isFrozen }) => isFrozen)
    .map(({ name }) => name)
    .toSorted();

describe('a plan that is bought', () => {
  it('begins as a trial, once, is in the audit, and lets more be done', async () => {
    expect(await call.billing.get()).toMatchObject({ plan: 'free', by: 'installation', mayTry: true });
    await buy('pro');
    const state = await call.billing.get();
    expect(state).toMatchObject({
      plan: 'pro',
      by: 'subscription',
      mayTry: false,
      subscription: { status: 'trialing' },
    });
    const days = ((state.subscription?.trialEndsAt ?? 0) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(13);
    expect(days).toBeLessThan(15);
    expect(await changesOfPlan()).toEqual([[null, 'pro']]);
    expect((await call.team.usage()).find(({ quota }) => quota === 'bots')?.most).toBe(10);
    await expect(call.billing.checkout({ plan: 'pro' })).rejects.toThrow(/has a subscription already/);
    expect(await call.billing.invoices({})).toMatchObject([{ status: 'paid', total: 0 }]);
  });

  it('is not there when the card is declined, and can be paid with another one', async () => {
    const { url } = await call.billing.checkout({ plan: 'pro' });
    const declined = await send(url, { card: '4000 0000 0000 0002', act: 'pay' });
    expect([declined.status, await declined.text()]).toEqual([402, expect.stringContaining('Your card was declined.')]);
    await call.billing.refresh();
    expect(await call.billing.get()).toMatchObject({ plan: 'free', subscription: null });
    expect((await send(url, { card: CARD, act: 'pay' })).status).toBe(303);
    await call.billing.refresh();
    expect((await call.billing.get()).plan).toBe('pro');
  });

  it('is paid by seats where the table says so, and seats follow the members', async () => {
    await createMember(api.db, orgId, 'editor');
    await buy('enterprise');
    expect(subscription().items.data[0].quantity).toBe(2);
    await createMember(api.db, orgId, 'viewer');
    await reconcileBilling(api.db, billing, new Date());
    expect(subscription().items.data[0].quantity).toBe(3);
    expect(await call.billing.invoices({})).toMatchObject([{ total: 9900 }, { total: 19_800 }]);
  });

  it('ends with its period when it is cancelled, and goes on when that is taken back', async () => {
    await buy('pro');
    const { url } = await call.billing.portal();
    await send(url, { act: 'cancel' });
    await call.billing.refresh();
    expect(await call.billing.get()).toMatchObject({
      plan: 'pro',
      subscription: { endsAt: expect.any(Number) as number },
    });
    await send(url, { act: 'resume' });
    await call.billing.refresh();
    expect((await call.billing.get()).subscription?.endsAt).toBeNull();
    await send(url, { act: 'cancel' });
    await send(url, { act: 'period' });
    await call.billing.refresh();
    expect((await call.billing.get()).plan).toBe('free');
    expect(await changesOfPlan()).toEqual([
      [null, 'pro'],
      ['pro', 'free'],
    ]);
    // A trial is given once.
    await buy('pro');
    expect((await call.billing.get()).subscription?.status).toBe('active');
  });
});

describe('a smaller plan', () => {
  it('freezes the bots that are too many, those that the owner did not choose, and deletes none', async () => {
    await buy('pro');
    const { ids } = await makeBots(4);
    await call.bot.start({ id: ids[0] ?? idOf('bot', '') });
    await call.bot.start({ id: ids[3] ?? idOf('bot', '') });
    await call.billing.keepBots({ botIds: ids.slice(2, 3) });
    expect(await frozen()).toEqual([]);
    stripe.subscriptions.end(subscription());
    await call.billing.refresh();
    expect(await frozen()).toEqual(['Bot 0', 'Bot 1', 'Bot 3']);
    expect((await call.bot.list()).filter(({ status }) => status === 'running')).toEqual([]);
    await expect(call.bot.start({ id: ids[3] ?? idOf('bot', '') })).rejects.toThrow(/The bot is frozen/);
    await call.bot.start({ id: ids[2] ?? idOf('bot', '') });
    // Another choice: the one that ran is paused, the other may run.
    await call.billing.keepBots({ botIds: ids.slice(3) });
    expect(await frozen()).toEqual(['Bot 0', 'Bot 1', 'Bot 2']);
    await call.bot.start({ id: ids[3] ?? idOf('bot', '') });
    await buy('pro');
    expect(await frozen()).toEqual([]);
    expect(await call.bot.list()).toHaveLength(4);
  });

  it('leaves those that run where nobody has chosen', async () => {
    await buy('pro');
    const { ids } = await makeBots(3);
    await call.bot.start({ id: ids[1] ?? idOf('bot', '') });
    stripe.subscriptions.end(subscription());
    await call.billing.refresh();
    expect(await frozen()).toEqual(['Bot 0', 'Bot 2']);
  });

  it('of another organisation’s bots none can be chosen', async () => {
    await expect(call.billing.keepBots({ botIds: [idOf('bot', crypto.randomUUID())] })).rejects.toThrow(/is gone/);
  });
});

describe('a payment that fails', () => {
  it('leaves the plan for two weeks, and takes it when nobody has paid by then', async () => {
    await buy('pro', '4000 0000 0000 0341');
    await makeBots(2);
    stripe.subscriptions.endPeriod(subscription());
    await call.billing.refresh();
    expect(await call.billing.get()).toMatchObject({
      plan: 'pro',
      subscription: { status: 'past_due', graceEndsAt: expect.any(Number) as number },
    });
    stripe.subscriptions.age(subscription(), 15);
    await call.billing.refresh();
    expect((await call.billing.get()).plan).toBe('free');
    expect(await frozen()).toEqual(['Bot 1']);
    const { url } = await call.billing.portal();
    await send(url, { card: CARD, act: 'card' });
    await send(url, { act: 'retry' });
    await call.billing.refresh();
    expect((await call.billing.get()).plan).toBe('pro');
    expect(await frozen()).toEqual([]);
  });

  it('by time alone, without a word of Stripe: the house looks every hour', async () => {
    await buy('pro', '4000 0000 0000 0341');
    stripe.subscriptions.endPeriod(subscription());
    await call.billing.refresh();
    const longAgo = new Date(Date.now() - 15 * 86_400_000);
    await asSystem(api.db, (tx) =>
      tx.update(billingAccounts).set({ pastDueSince: longAgo }).where(eq(billingAccounts.orgId, orgId)),
    );
    await reconcileBilling(api.db, null, new Date());
    expect(await changesOfPlan()).toEqual([
      [null, 'pro'],
      ['pro', 'free'],
    ]);
  });
});

describe('events', () => {
  const deliver = (event: object) => {
    const body = JSON.stringify(event);
    const { secretKey, webhookSecret, prices } = stripe;
    const config = { ...api.runtime.config, stripe: { secretKey, webhookSecret, prices } };
    const headers = { 'stripe-signature': signatureOf(body, webhookSecret) };
    return handleStripeWebhook(
      { ...api.runtime, config },
      new Request('http://localhost/api/stripe/webhook', { method: 'POST', body, headers }),
    );
  };
  const waiting = async (customer: string) =>
    asSystem(api.db, (tx) =>
      tx.execute(
        sql`select id from graphile_worker.jobs
          where task_identifier = 'sync-customer' and key = ${`customer ${customer}`}`,
      ),
    );

  it('lead to one job a customer, in any order and however often they come', async () => {
    await buy('pro');
    stripe.subscriptions.cancelAtEnd(subscription(), true);
    stripe.subscriptions.endPeriod(subscription());
    const customer = (await account())?.customerId ?? '';
    const events = stripe.store.events().filter(({ data }) => JSON.stringify(data).includes(customer));
    expect(events.length).toBeGreaterThan(5);
    for (const event of [...events, ...events.toReversed()]) expect((await deliver(event)).status).toBe(200);
    expect(await waiting(customer)).toHaveLength(1);
    await syncCustomer(api.db, billing, customer);
    expect((await call.billing.get()).plan).toBe('free');
    const open = await asSystem(api.db, (tx) =>
      tx.execute(sql`select id from stripe_events where customer_id = ${customer} and processed_at is null`),
    );
    expect(open).toHaveLength(0);
  });

  it('that never came are found by the reconciler', async () => {
    await buy('pro');
    stripe.subscriptions.end(subscription());
    const customer = (await account())?.customerId ?? '';
    expect(await reconcileBilling(api.db, billing, new Date())).toBeGreaterThan(0);
    expect(await waiting(customer)).toHaveLength(1);
  });

  it('of customers who are not ours are put aside', async () => {
    const event = {
      id: 'evt_other',
      object: 'event',
      type: 'customer.created',
      data: { object: { object: 'customer', id: 'cus_other' } },
    };
    expect((await deliver(event)).status).toBe(200);
    await syncCustomer(api.db, billing, 'cus_other');
    const open = await asSystem(api.db, (tx) =>
      tx.execute(sql`select id from stripe_events where customer_id = 'cus_other' and processed_at is null`),
    );
    expect(open).toHaveLength(0);
  });
});

describe('signals', () => {
  it('are kept for as long as the plan says, those of others for as long as theirs', async () => {
    await buy('pro');
    const { ids, versionId } = await makeBots(1);
    const botId = ids[0] ?? idOf('bot', '');
    const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
    await asSystem(api.db, (tx) =>
      tx.insert(signals).values(
        [1, 40, 400].map((days) => ({
          orgId,
          botId,
          versionId,
          symbol: 'S',
          timeframe: '1d',
          barTime: days,
          nodeId: 'n',
          kind: 'buy' as const,
          price: 1,
          emittedAt: daysAgo(days),
        })),
      ),
    );
    const left = () => asSystem(api.db, (tx) => tx.$count(signals, eq(signals.orgId, orgId)));
    await pruneSignals(api.db, new Date());
    expect(await left()).toBe(2);
    stripe.subscriptions.end(subscription());
    await call.billing.refresh();
    await pruneSignals(api.db, new Date());
    expect(await left()).toBe(1);
    expect(
      await asSystem(api.db, (tx) => tx.$count(auditLog, sql`org_id = ${orgId} and action = 'signals.expired'`)),
    ).toBe(2);
    expect(await asSystem(api.db, (tx) => tx.$count(bots, eq(bots.orgId, orgId)))).toBe(1);
  });
});

describe('without Stripe', () => {
  it('the plan of the installation holds, an admin’s exception before it, and payment says what is missing', async () => {
    const without = callAs(api.runtime, owner);
    expect(await without.billing.get()).toMatchObject({ isSetUp: false, plan: 'free', sold: [] });
    await expect(without.billing.checkout({ plan: 'pro' })).rejects.toThrow(/STRIPE_SECRET_KEY/);
    await asSystem(api.db, (tx) =>
      tx.update(organisations).set({ plan: 'enterprise' }).where(eq(organisations.id, orgId)),
    );
    expect(await without.billing.get()).toMatchObject({ plan: 'enterprise', by: 'admin' });
    expect((await without.billing.plans()).map(({ name, prices }) => [name, prices])).toEqual([
      ['free', []],
      ['pro', []],
      ['enterprise', []],
    ]);
  });
});
