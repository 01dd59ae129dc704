import type { Entitlements } from './entitlements.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const MINUTE = 60_000;
const GIGABYTE = 1_000_000_000;

/** More than anybody has: shown as “no limit”. A number, since JSON knows no infinity. */
export const NO_LIMIT = Number.MAX_SAFE_INTEGER;

export interface Plan {
  readonly title: string;
  readonly about: string;
  /**
   * How the plan is paid: not at all, one price for the organisation, or one price a member. Amount, currency, interval
   * and taxes are those of the price at Stripe.
   */
  readonly billing: 'free' | 'flat' | 'seats';
  /** Days without payment at the first subscription of an organisation. */
  readonly trialDays: number;
  readonly entitlements: Entitlements;
}

const ENTERPRISE: Entitlements = {
  formulas: 2000,
  versions: 20_000,
  versionBytes: 10 * GIGABYTE,
  documentBytes: 10 * GIGABYTE,
  reviews: 10_000,
  publications: 20_000,
  threads: 10_000,
  comments: 50_000,
  markets: 500,
  bars: 50_000_000,
  members: 500,
  invitations: 200,
  backtests: 50_000,
  backtestsADay: NO_LIMIT,
  backtestsAMonth: NO_LIMIT,
  sweeps: 5000,
  sweepsADay: NO_LIMIT,
  resultBytes: 50 * GIGABYTE,
  unfinishedRuns: 100,
  bots: 1000,
  runningBots: 500,
  runTime: 6 * HOUR,
  runBytes: 4 * GIGABYTE,
  botMemory: 200_000,
  webhookDestinations: 100,
  signalDays: NO_LIMIT,
  liveMode: true,
  sso: true,
  mfaRequired: true,
  weight: 2,
  priority: 0,
};

/** Every plan, from the least to the most. An organisation's own `entitlements` come before those of its plan. */
export const PLANS = {
  free: {
    title: 'Free',
    about: 'To learn the language, and to see what a strategy would have done.',
    billing: 'free',
    trialDays: 0,
    entitlements: {
      ...ENTERPRISE,
      formulas: 50,
      versions: 2000,
      versionBytes: GIGABYTE,
      documentBytes: GIGABYTE,
      markets: 20,
      bars: 2_000_000,
      members: 3,
      invitations: 10,
      backtests: 1000,
      backtestsADay: 1,
      backtestsAMonth: 31,
      sweeps: 100,
      sweepsADay: 1,
      resultBytes: 2 * GIGABYTE,
      unfinishedRuns: 2,
      bots: 1,
      runningBots: 1,
      runTime: 10 * MINUTE,
      runBytes: GIGABYTE,
      webhookDestinations: 0,
      signalDays: 30,
      liveMode: false,
      sso: false,
      mfaRequired: false,
      weight: 1,
      priority: 2,
    },
  },
  pro: {
    title: 'Pro',
    about: 'For people who trade what they build.',
    billing: 'flat',
    trialDays: 14,
    entitlements: {
      ...ENTERPRISE,
      formulas: 500,
      markets: 100,
      bars: 20_000_000,
      members: 10,
      invitations: 50,
      backtests: 10_000,
      backtestsADay: 50,
      backtestsAMonth: 50,
      sweeps: 1000,
      sweepsADay: 20,
      resultBytes: 20 * GIGABYTE,
      unfinishedRuns: 20,
      bots: 10,
      runningBots: 10,
      runTime: 2 * HOUR,
      runBytes: 2 * GIGABYTE,
      webhookDestinations: 10,
      signalDays: 365,
      sso: false,
      weight: 1,
      priority: 1,
    },
  },
  enterprise: {
    title: 'Enterprise',
    about: 'For firms: everything, first in the queue, with limits of your own.',
    billing: 'seats',
    trialDays: 0,
    entitlements: ENTERPRISE,
  },
} as const satisfies Readonly<Record<string, Plan>>;

export type PlanName = keyof typeof PLANS;

const isPlan = (name: string): name is PlanName => Object.hasOwn(PLANS, name);

/** From the least to the most. */
export const PLAN_NAMES = Object.keys(PLANS).filter(isPlan) as readonly PlanName[] as readonly [
  PlanName,
  ...PlanName[],
];

const rankOf = (name: PlanName): number => PLAN_NAMES.indexOf(name);

/** How long a plan stays when a payment has failed, from the day of the invoice. */
export const GRACE_MS = 14 * DAY;

/** What Stripe said last of an organisation's subscription. */
export interface Subscribed {
  readonly plan: PlanName;
  readonly status: string;
  /** When an invoice was due that is not paid; null while nothing is. */
  readonly pastDueSince: Date | null;
}

/** Whether a subscription gives its plan at this moment. */
function isInForce({ status, pastDueSince }: Subscribed, now: Date): boolean {
  if (status === 'active' || status === 'trialing') return true;
  return status === 'past_due' && now.getTime() < (pastDueSince?.getTime() ?? now.getTime()) + GRACE_MS;
}

interface Sources {
  /** Given by the platform's admin. */
  readonly given: string | null;
  readonly subscribed: Subscribed | null;
  /** Of everybody on this installation. */
  readonly installation: string;
}

/** The plan that holds, and who says so: the admin before the subscription, that before the installation. */
export function planInForce(
  { given, subscribed, installation }: Sources,
  now: Date,
): { readonly plan: PlanName; readonly by: 'admin' | 'subscription' | 'installation' } {
  if (given !== null && isPlan(given)) return { plan: given, by: 'admin' };
  const everybody = isPlan(installation) ? installation : 'free';
  // A subscription never takes away what everybody has here.
  if (subscribed && isInForce(subscribed, now) && rankOf(subscribed.plan) >= rankOf(everybody))
    return { plan: subscribed.plan, by: 'subscription' };
  return { plan: everybody, by: 'installation' };
}

/** An organisation's exceptions: those that are of the same type as what they stand for. */
export function entitlementsOf(plan: PlanName, own: Readonly<Record<string, unknown>> | null): Entitlements {
  const usual: Entitlements = PLANS[plan].entitlements;
  const exceptions = Object.entries(own ?? {}).filter(
    ([name, value]) => typeof value === typeof (usual as unknown as Record<string, unknown>)[name],
  );
  return { ...usual, ...Object.fromEntries(exceptions) };
}
