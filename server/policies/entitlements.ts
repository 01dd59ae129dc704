/** What an organisation may store and run. Each is counted under a lock in the transaction that adds to it. */
export interface Quotas {
  readonly formulas: number;
  readonly versions: number;
  /** Bytes of the documents that versions keep. */
  readonly versionBytes: number;
  /** Bytes of the shared documents, as the database keeps them. */
  readonly documentBytes: number;
  readonly threads: number;
  readonly comments: number;
  readonly markets: number;
  readonly bars: number;
  readonly members: number;
  /** Links that can still be used. */
  readonly invitations: number;
  readonly backtests: number;
  readonly sweeps: number;
  /** Bytes of the results of runs, as the database keeps them. */
  readonly resultBytes: number;
  /** Backtests and sweeps that are queued or running. */
  readonly unfinishedRuns: number;
  readonly bots: number;
  readonly runningBots: number;
}

export type Quota = keyof Quotas;

export interface Entitlements extends Quotas {
  /** Milliseconds of one thread that a run may take; also the most that its estimate may say. */
  readonly runTime: number;
  /** Bytes of columns and figures that a run may take by its estimate. */
  readonly runBytes: number;
  /** Bars that the indicators of one bot look back over, all together: its state is stored at each bar. */
  readonly botMemory: number;
  /** Turns on the compute threads for one of an organisation of weight 1. */
  readonly weight: number;
  /** Smaller is taken from the queue first. */
  readonly priority: number;
}

const HOUR = 3_600_000;
const GIGABYTE = 1_000_000_000;

/** Every plan. An organisation's own `entitlements` come before the entitlements of its plan. */
export const PLANS = {
  standard: {
    formulas: 2000,
    versions: 20_000,
    versionBytes: 10 * GIGABYTE,
    documentBytes: 10 * GIGABYTE,
    threads: 10_000,
    comments: 50_000,
    markets: 500,
    bars: 50_000_000,
    members: 500,
    invitations: 200,
    backtests: 50_000,
    sweeps: 5000,
    resultBytes: 50 * GIGABYTE,
    unfinishedRuns: 100,
    bots: 1000,
    runningBots: 500,
    runTime: 6 * HOUR,
    runBytes: 4 * GIGABYTE,
    botMemory: 200_000,
    weight: 1,
    priority: 0,
  },
} as const satisfies Record<string, Entitlements>;

/** What a person may have, whatever their organisations' plans. */
export const PERSON_QUOTAS = {
  /** Organisations that they own. */
  organisations: 10,
} as const;

export type PersonQuota = keyof typeof PERSON_QUOTAS;

/** What each counts, and how room is made. */
export const PERSON_QUOTA_WORDS = {
  organisations: [
    'organisations that you own',
    'Make somebody else the owner of one, or work in one that is there. You can still be invited to others.',
  ],
} as const satisfies Record<PersonQuota, readonly [string, string]>;

const isPlan = (name: string): name is keyof typeof PLANS => Object.hasOwn(PLANS, name);

/** The entitlements of an organisation. A plan that this release does not know counts as the standard plan. */
export const entitlementsOf = (plan: string, own: Partial<Entitlements> | null): Entitlements => ({
  ...PLANS[isPlan(plan) ? plan : 'standard'],
  ...own,
});

/** What each quota counts, and how room is made. */
export const QUOTA_WORDS = {
  formulas: ['formulas', 'Strategies count when they are archived, too.'],
  versions: ['versions', 'Write to us for more.'],
  versionBytes: ['bytes of versions', 'Save versions of smaller strategies, or write to us for more.'],
  documentBytes: ['bytes of documents', 'Make the largest strategies smaller, or write to us for more.'],
  threads: ['threads of comments', 'Reply in one that is there.'],
  comments: ['comments', 'Write to us for more.'],
  markets: ['markets', 'Remove one that nothing stands on.'],
  bars: ['bars', 'Remove a market that nothing stands on, or import fewer bars.'],
  members: ['members', 'Remove somebody first.'],
  invitations: ['open invitations', 'Revoke one, or wait until one is used or expires.'],
  backtests: ['backtests', 'Write to us for more.'],
  sweeps: ['sweeps', 'Write to us for more.'],
  resultBytes: ['bytes of results', 'Write to us for more.'],
  unfinishedRuns: ['queued and running runs', 'Wait until one has ended, or cancel one.'],
  bots: ['bots', 'Remove one first.'],
  runningBots: ['running bots', 'Pause one first.'],
} as const satisfies Record<Quota, readonly [string, string]>;

const isQuota = (name: string): name is Quota => Object.hasOwn(QUOTA_WORDS, name);

/** Every quota of an organisation, in the order in which people read them. */
export const QUOTAS: readonly Quota[] = Object.keys(QUOTA_WORDS).filter(isQuota);
