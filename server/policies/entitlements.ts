/** What an organisation may store and run. Each is counted under a lock in the transaction that adds to it. */
export interface Quotas {
  readonly formulas: number;
  readonly versions: number;
  /** Bytes of the documents that versions keep. */
  readonly versionBytes: number;
  /** Bytes of the shared documents, as the database keeps them. */
  readonly documentBytes: number;
  readonly reviews: number;
  readonly publications: number;
  readonly threads: number;
  readonly comments: number;
  readonly markets: number;
  readonly bars: number;
  readonly members: number;
  /** Links that can still be used. */
  readonly invitations: number;
  readonly backtests: number;
  /** Backtests started since midnight, and since the first of the month, UTC; those that failed do not count. */
  readonly backtestsADay: number;
  readonly backtestsAMonth: number;
  readonly sweeps: number;
  readonly sweepsADay: number;
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
  /** Addresses that signals are sent to. */
  readonly webhookDestinations: number;
  /** Days for which signals are kept; then a job deletes them. */
  readonly signalDays: number;
  /** Whether bots may trade with money. */
  readonly liveMode: boolean;
  readonly sso: boolean;
  /** Whether each member needs a second factor. */
  readonly mfaRequired: boolean;
  /** Turns on the compute threads for one of an organisation of weight 1. */
  readonly weight: number;
  /** Smaller is taken from the queue first. */
  readonly priority: number;
}

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

/** What each quota counts, and how room is made. */
export const QUOTA_WORDS = {
  formulas: ['strategies', 'Strategies count when they are archived, too.'],
  versions: ['versions', 'Write to us for more.'],
  versionBytes: ['bytes of versions', 'Save versions of smaller strategies, or write to us for more.'],
  documentBytes: ['bytes of documents', 'Make the largest strategies smaller, or write to us for more.'],
  reviews: ['reviews', 'Bring one up to date that is there, or write to us for more.'],
  publications: ['publications', 'Write to us for more.'],
  threads: ['threads of comments', 'Reply in one that is there.'],
  comments: ['comments', 'Write to us for more.'],
  markets: ['markets', 'Remove one that nothing stands on.'],
  bars: ['bars', 'Remove a market that nothing stands on, or import fewer bars.'],
  members: ['members', 'Remove somebody first.'],
  invitations: ['open invitations', 'Revoke one, or wait until one is used or expires.'],
  backtests: ['stored backtests', 'Write to us for more.'],
  backtestsADay: ['backtests started today', 'The count begins again at midnight UTC.'],
  backtestsAMonth: ['backtests started this month', 'The count begins again on the first of the month.'],
  sweeps: ['stored sweeps', 'Write to us for more.'],
  sweepsADay: ['sweeps started today', 'The count begins again at midnight UTC.'],
  resultBytes: ['bytes of results', 'Write to us for more.'],
  unfinishedRuns: ['queued and running runs', 'Wait until one has ended, or cancel one.'],
  bots: ['bots', 'Remove one first.'],
  runningBots: ['running bots', 'Pause one first.'],
} as const satisfies Record<Quota, readonly [string, string]>;

const isQuota = (name: string): name is Quota => Object.hasOwn(QUOTA_WORDS, name);

/** Every quota of an organisation, in the order in which people read them. */
export const QUOTAS: readonly Quota[] = Object.keys(QUOTA_WORDS).filter(isQuota);
