/**
 * Whom a limit counts. `address` is the client's network address (an IPv6 client has a /64), `account` the e-mail
 * address that somebody signs in as, whoever that is.
 */
export const SUBJECTS = ['address', 'person', 'organisation', 'account'] as const;
export type Subject = (typeof SUBJECTS)[number];

/** So many points in so many seconds; then the count starts again. */
export interface Window {
  readonly points: number;
  readonly seconds: number;
}

export interface Limit {
  readonly windows: Readonly<Partial<Record<Subject, readonly Window[]>>>;
  /** Work that may be under way at once; more waits for its turn. In one process. */
  readonly atOnce?: Readonly<Partial<Record<Subject, number>>>;
  /**
   * `process`: counted in memory, costs microseconds. `everywhere`: counted in Postgres for all servers together, costs
   * a query.
   */
  readonly holds: 'process' | 'everywhere';
  /** What is too often, as the beginning of a sentence for people. */
  readonly what: string;
  /** The same where somebody pays who is known. */
  readonly ofPerson?: string;
}

const per = (seconds: number, points: number): readonly Window[] => [{ points, seconds }];

/**
 * Every limit of rates, by name. Each tRPC procedure and each HTTP route declares one of these. The limits of an
 * address are for strangers and leave room for an office, or a proxy whose header is not believed; whoever is signed in
 * pays as a person and for their organisation, whose limits leave room for its neighbours.
 */
const TABLE = {
  /**
   * Any HTTP request, before anything else looks at it. People pay for themselves where their session was seen lately.
   */
  request: {
    windows: { address: per(10, 10_000), person: per(10, 3_000), organisation: per(10, 12_000) },
    holds: 'process',
    what: 'Too many requests came from your network',
    ofPerson: 'You asked for too much in a short time',
  },
  /** Any procedure, before it is looked up who calls. */
  call: {
    windows: { address: per(10, 10_000), person: per(10, 3_000), organisation: per(10, 12_000) },
    holds: 'process',
    what: 'Too many requests came from your network',
    ofPerson: 'You asked for too much in a short time',
  },
  /** Looks at whose session it is, where the address has nothing left to pay with. */
  lookUp: { windows: { address: per(10, 500) }, holds: 'process', what: 'Too many requests came from your network' },
  /** What strangers may ask: who am I, which demo, what an invitation says. */
  open: {
    windows: { address: per(10, 1_000), person: per(10, 600), organisation: per(10, 4_000) },
    atOnce: { address: 8, person: 4 },
    holds: 'process',
    what: 'Too many requests came from your network',
    ofPerson: 'You asked for too much in a short time',
  },
  read: {
    windows: { person: per(10, 1_000), organisation: per(10, 4_000) },
    atOnce: { person: 8, organisation: 12 },
    holds: 'process',
    what: 'You asked for too much in a short time',
  },
  /** Reads that take long, or answer much. */
  heavyRead: {
    windows: { person: per(10, 200), organisation: per(10, 600) },
    atOnce: { person: 2, organisation: 4 },
    holds: 'process',
    what: 'You asked for too much data in a short time',
  },
  /** A search looks through everything that has a name; each word of the search is a point. */
  search: {
    windows: { person: per(10, 400), organisation: per(10, 1_600) },
    atOnce: { person: 1, organisation: 2 },
    holds: 'process',
    what: 'You searched too often in a short time',
  },
  write: {
    windows: { person: per(10, 300), organisation: per(10, 1_200) },
    atOnce: { person: 4, organisation: 8 },
    holds: 'process',
    what: 'You changed too many things in a short time',
  },
  /** Writes that open a whole document. */
  heavyWrite: {
    windows: { person: per(60, 240), organisation: per(60, 600) },
    atOnce: { person: 2, organisation: 4 },
    holds: 'process',
    what: 'You changed too many things in a short time',
  },
  compute: {
    windows: {
      person: [
        { points: 30, seconds: 10 },
        { points: 120, seconds: 60 },
      ],
      organisation: per(60, 400),
    },
    atOnce: { person: 2, organisation: 4 },
    holds: 'everywhere',
    what: 'You started too many computations in a short time',
  },
  invite: {
    windows: { person: per(600, 60), organisation: per(3600, 300) },
    atOnce: { person: 2, organisation: 4 },
    holds: 'everywhere',
    what: 'Too many invitations were made in a short time',
  },
  /** Each of these is a question to Stripe. */
  payment: {
    windows: { person: per(60, 60), organisation: per(60, 120) },
    atOnce: { person: 2, organisation: 4 },
    holds: 'process',
    what: 'You opened too many pages of payments in a short time',
  },
  import: {
    windows: { person: per(60, 60), organisation: per(60, 120) },
    atOnce: { person: 1, organisation: 2 },
    holds: 'process',
    what: 'Too many files were imported in a short time',
  },
  /** Bytes that are sent to us, in kilobytes, beyond what any request has. */
  upload: {
    windows: { address: per(10, 200_000), person: per(10, 250_000), organisation: per(10, 500_000) },
    holds: 'process',
    what: 'You sent too much in a short time',
  },
  /**
   * Bytes of documents that are read for a procedure, in kilobytes, each of which takes 0.3 ms of the thread that
   * answers everybody.
   */
  document: {
    windows: { person: per(10, 4_000), organisation: per(10, 16_000) },
    holds: 'process',
    what: 'You asked for too many large strategies in a short time',
  },
  /**
   * Guessing is bounded by the waits of `sign-in-limits.ts`; this one leaves room for an office whose people all sign
   * in at nine.
   */
  signIn: {
    windows: {
      address: [
        { points: 300, seconds: 10 },
        { points: 6_000, seconds: 3600 },
      ],
    },
    atOnce: { address: 4 },
    holds: 'everywhere',
    what: 'Too many sign-ins were tried from your network',
  },
  register: {
    windows: {
      address: [
        { points: 10, seconds: 10 },
        { points: 200, seconds: 3600 },
      ],
    },
    atOnce: { address: 2 },
    holds: 'everywhere',
    what: 'Too many accounts were made from your network',
  },
  /** Tokens of invitations: nobody has many. */
  token: {
    windows: { address: [{ points: 60, seconds: 60 }] },
    atOnce: { address: 4 },
    holds: 'process',
    what: 'Too many invitations were opened from your network',
  },
  /** Letters that strangers ask for. */
  letter: {
    windows: {
      address: [
        { points: 10, seconds: 60 },
        { points: 100, seconds: 3600 },
      ],
    },
    atOnce: { address: 2 },
    holds: 'everywhere',
    what: 'Too many letters were asked for from your network',
  },
  /** What changes one’s own account. */
  account: {
    windows: { person: per(60, 60), organisation: per(60, 1_200) },
    atOnce: { person: 2, organisation: 8 },
    holds: 'everywhere',
    what: 'You changed your account too often in a short time',
  },
  subscribe: {
    windows: { person: per(10, 100), organisation: per(10, 600) },
    holds: 'process',
    what: 'You opened too many live connections in a short time',
  },
  /** Upgrades to websockets: a tab has two, and comes back with both when the server was away. */
  socket: {
    windows: { address: per(10, 600), person: per(10, 100), organisation: per(10, 3_000) },
    holds: 'process',
    what: 'Too many connections were opened from your network',
    ofPerson: 'You opened too many connections in a short time',
  },
  webhook: {
    windows: { address: per(10, 10_000) },
    atOnce: { address: 16 },
    holds: 'process',
    what: 'Too many events came in a short time',
  },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof TABLE;
export const LIMITS: Readonly<Record<LimitName, Limit>> = TABLE;
export const LIMIT_NAMES: readonly LimitName[] = Object.keys(TABLE).filter((name): name is LimitName => name in TABLE);

/** No document costs more kilobytes than a person has. */
export const MOST_PAID_FOR_DOCUMENT = 4_000;

/** Tags of one formula: more are no order any more. */
export const MOST_TAGS = 12;

/** Changes of one merge: more than the statements of the largest formula that a person would go through. */
export const MOST_CHANGES_MERGED = 5_000;

/** People who are asked in one review, what is said of its versions, and bots that one publication decides about. */
export const REVIEWS = { people: 20, verdicts: 500, bots: 200 } as const;

/** Rows of the audit in one file. */
export const MOST_AUDIT_ROWS = 100_000;

/** Words of one search; words that are part of another word are not counted. */
export const MOST_SEARCH_WORDS = 12;

/** How much may wait for its turn behind what is under way, by subject. */
export const MOST_WAITING = 200;

/** Bytes of JSON that the lists of one result have. */
export const MOST_RESULT_BYTES = 48_000_000;

/** tRPC's websockets. A tab needs one socket, one subscription, and a ping now and then. */
export const SOCKETS = {
  /** Bytes of one message: subscriptions have small inputs, and everything else comes over HTTP. */
  message: 64_000,
  /** Calls in one message. */
  calls: 16,
  /** Messages, calls and kilobytes a second on end, and at once. Who sends more is read more slowly. */
  rate: 50,
  burst: 200,
  subscriptions: 8,
  perPerson: 32,
  perOrganisation: 1_000,
  perAddress: 512,
  /** An organisation gets so many, whatever its neighbours behind the same address have. */
  fewOfOrganisation: 64,
  strangersPerAddress: 16,
  /** Few enough that the files which a process may open are not used up. */
  strangers: 128,
  all: 4_000,
  /** How long somebody may stay who is not signed in. */
  strangerMs: 15_000,
  /** How often that is looked at. */
  beatMs: 5_000,
  /** Unsent bytes from which subscriptions wait and nothing more is read ... */
  full: 256_000,
  /** ... and from which the socket is closed. */
  overfull: 1_000_000,
  /** Bytes of one answer: sockets are for what happens, and what is larger comes over HTTP. */
  answer: 256_000,
} as const;

/** How many subscriptions a person has over all connections, sockets or not. */
export const SUBSCRIPTIONS_PER_PERSON = 64;

/**
 * Answers over HTTP that are in memory, because they are being made or because they are not taken yet. Bytes are those
 * of their JSON.
 */
export const UNTAKEN = {
  /** Bytes from which an answer is large, and is handed on in such pieces. */
  large: 128_000,
  /** From so many large ones on heavy reads are refused, from so many on all reads, and from so many bytes too. */
  person: { heavy: 6, any: 24, bytes: 48_000_000 },
  organisation: { heavy: 24, any: 96, bytes: 96_000_000 },
  /** Bytes of all together, from which organisations get no more that have more than a few. */
  all: 256_000_000,
  fewOfOrganisation: 8_000_000,
  /** How long one piece may take: then the connection ends. */
  pieceMs: 30_000,
  /** How long the making of one may take: a turn, and a read of the database, which has a bound of its own. */
  madeMs: 90_000,
} as const;

/** Markets on which two strategies are compared by one question: each takes two runs. */
export const MOST_COMPARED_MARKETS = 8;

/**
 * Trades, and signals, of one run that are compared with those of another: beyond, all of them would be held at once.
 */
export const MOST_COMPARED_TRADES = 50_000;
export const MOST_COMPARED_SIGNALS = 200_000;
