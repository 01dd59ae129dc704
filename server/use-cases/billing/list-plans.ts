import { findPrice, type Price } from '#server/integrations/stripe/stripe-api.ts';
import type { Log } from '#server/observability/log.ts';
import { NO_LIMIT, PLAN_NAMES, PLANS, type Plan, type PlanName } from '#server/policies/plans.ts';
import type { Billing } from './billing.ts';

/** Prices change seldom, and strangers ask for them. */
const KEPT_MS = 5 * 60_000;
const kept = new WeakMap<Billing, { readonly at: number; readonly prices: Promise<ReadonlyMap<string, Price>> }>();

/** What plans say of an organisation in the table of plans, in the order in which people compare them. */
const COMPARED = [
  'bots',
  'backtestsADay',
  'backtestsAMonth',
  'sweepsADay',
  'formulas',
  'markets',
  'bars',
  'members',
  'signalDays',
  'webhookDestinations',
] as const;
const FEATURES = ['liveMode', 'mfaRequired', 'sso'] as const;

/** Every plan with its limits, and with its prices where it is sold here. For everybody. */
export async function listPlans({
  billing,
  now,
  log,
}: {
  readonly billing: Billing | null;
  readonly now: Date;
  readonly log: Log;
}) {
  // A page of prices without amounts is better than none.
  const prices = billing
    ? await pricesOf(billing, now).catch((error: unknown) => {
        log.warn({ err: error }, 'prices could not be read');
        return new Map<string, Price>();
      })
    : new Map<string, Price>();
  const pricesOfPlan = (name: PlanName) =>
    (billing?.prices ?? []).flatMap(({ plan, price }) => (plan === name ? (prices.get(price) ?? []) : []));
  return PLAN_NAMES.map((name) => {
    const { title, about, billing: paid, trialDays, entitlements }: Plan = PLANS[name];
    return {
      name,
      title,
      about,
      paid,
      trialDays,
      prices: pricesOfPlan(name),
      limits: COMPARED.map((limit) => ({ limit, most: entitlements[limit] >= NO_LIMIT ? null : entitlements[limit] })),
      features: FEATURES.map((feature) => ({ feature, has: entitlements[feature] })),
      turn: entitlements.priority,
    };
  });
}

function pricesOf(billing: Billing, now: Date): Promise<ReadonlyMap<string, Price>> {
  const known = kept.get(billing);
  if (known && now.getTime() - known.at < KEPT_MS) return known.prices;
  const prices = Promise.all(billing.prices.map(({ price }) => findPrice(billing.stripe, price))).then(
    (all) => new Map(all.map((price) => [price.id, price])),
  );
  kept.set(billing, { at: now.getTime(), prices });
  prices.catch(() => kept.delete(billing));
  return prices;
}
