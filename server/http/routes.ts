import type { LimitName } from '#server/policies/limits.ts';

/** What a request may bring, by its path. */
export interface Route {
  /** The path, or how it begins when it ends with a slash. */
  readonly path: string;
  /** Counts its requests beside `request`, at which each is counted first: `answer-route.ts` charges it; `call` where each procedure counts its own. */
  readonly limit: LimitName;
  /** How long a body may take, in seconds: for a request that waits on a person, none does. */
  readonly bodySeconds: number;
}

/** Every path outside the pages. The first that fits holds; a test holds it to the folders of `src/app`. */
export const ROUTES: readonly Route[] = [
  { path: '/api/trpc/', limit: 'call', bodySeconds: 30 },
  { path: '/api/markets/import', limit: 'import', bodySeconds: 900 },
  { path: '/api/backtests/', limit: 'heavyRead', bodySeconds: 5 },
  { path: '/api/stripe/webhook', limit: 'webhook', bodySeconds: 10 },
  { path: '/healthz', limit: 'request', bodySeconds: 5 },
  { path: '/metrics', limit: 'request', bodySeconds: 5 },
  { path: '/', limit: 'request', bodySeconds: 10 },
];

const PAGES: Route = { path: '/', limit: 'request', bodySeconds: 10 };

export const routeOf = (path: string): Route =>
  ROUTES.find((route) => (route.path.endsWith('/') ? path.startsWith(route.path) : path === route.path)) ?? PAGES;
