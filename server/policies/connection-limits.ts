/** Connections of one process, websockets among them. */
export interface ConnectionRoom {
  readonly all: number;
  /** Of one address, without its websockets, which are counted by who opened them. */
  readonly perAddress: number;
  /** Websockets: what is beyond is kept for requests. */
  readonly upgraded: number;
}

/**
 * What holds where the process may open enough files. A tab has up to six connections beside its websockets, and an
 * office many tabs.
 */
const MOST: ConnectionRoom = { all: 10_000, perAddress: 1_024, upgraded: 7_500 };

/** Files that a process needs for other things at least: the database, its code, what it reads. */
const FILES_KEPT = 256;

/** How many connections a process may have that may open so many files. */
export function connectionRoom(files: number): ConnectionRoom {
  const open = Math.min(files, 2 * MOST.all);
  const kept = Math.min(open / 2, Math.max(FILES_KEPT, open / 4));
  const all = Math.min(MOST.all, Math.floor(open - kept));
  return {
    all,
    perAddress: Math.min(MOST.perAddress, Math.floor(all / 2)),
    upgraded: Math.min(MOST.upgraded, Math.floor((all * 3) / 4)),
  };
}

/**
 * Connections that one address may open in a second on end, and at once: as many as it may ask requests, so that a
 * proxy that opens one for each request, and an office whose tabs all reload, are not held up. A trusted proxy is not
 * counted.
 */
export const CONNECTION_RATE = { perSecond: 1_000, atOnce: 10_000 } as const;

/** Of those beyond, so many are told why; to tell all of them would cost what the bound saves. */
export const TOLD_RATE = { perSecond: 10, atOnce: 50 } as const;

/** Requests on one connection that are not answered yet: browsers and proxies send one after the other. */
export const MOST_PIPELINED = 16;

/** Requests on one connection, which ends with the last of them. */
export const MOST_REQUESTS = 10_000;

/**
 * How long a connection without a request is kept behind a proxy, in milliseconds: longer than proxies keep theirs by
 * default (nginx and load balancers of Amazon a minute, Caddy two), so that no request meets a connection that is just
 * being closed.
 */
const KEPT_BEHIND_PROXY = 125_000;

/**
 * For how long connections are kept between two requests: as an operator says in seconds, or by what stands in front.
 */
export function keptConnections(
  seconds: number | undefined,
  isBehindProxy: boolean,
): Pick<Record<keyof typeof CONNECTION_TIMES, number>, 'keepAlive' | 'quiet'> {
  const keepAlive =
    seconds === undefined ? (isBehindProxy ? KEPT_BEHIND_PROXY : CONNECTION_TIMES.keepAlive) : seconds * 1000;
  // Whoever keeps to the time is not ended by the other one.
  return { keepAlive, quiet: Math.max(CONNECTION_TIMES.quiet, keepAlive + 2 * CONNECTION_TIMES.look) };
}

/** How long the other side may take, in milliseconds. */
export const CONNECTION_TIMES = {
  /** From the first byte to the last header. */
  headers: 15_000,
  /** A whole request: the largest upload on a slow line. What a route needs less for, the route bounds. */
  request: 16 * 60_000,
  /** Without a byte, between two requests. */
  keepAlive: 5_000,
  /** Between two requests, whatever comes that is none. */
  quiet: 30_000,
  /** Without taking a byte of what waits to be taken: first the connection may be ended for another ... */
  stuck: 10_000,
  /** ... and then it ends. */
  untaken: 45_000,
  /** How often all of this is looked at. */
  look: 5_000,
} as const;
