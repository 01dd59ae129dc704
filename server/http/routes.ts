import type { LimitName } from '#server/policies/limits.ts';
import type { Permission } from '#server/policies/permissions.ts';

/** What a request may bring, by its path. */
export interface Route {
  /** The path, or how it begins when it ends with a slash. */
  readonly path: string;
  /** Counts its requests beside `request`, at which each is counted first: `answer-route.ts` charges it; `call` where each procedure counts its own. */
  readonly limit: LimitName;
  /** Who may ask: somebody with a permission, which the frame checks; anybody; or as each procedure says. */
  readonly access: Permission | 'public' | 'by procedure';
  /** How long a body may take, in seconds: for a request that waits on a person, none does. */
  readonly bodySeconds: number;
}

/** Every path outside the pages. The first that fits holds; a test holds it to the folders of `src/app`. */
export const ROUTES: readonly Route[] = [
  { path: '/api/trpc/', limit: 'call', access: 'by procedure', bodySeconds: 30 },
  { path: '/api/markets/import', limit: 'import', access: 'market.manage', bodySeconds: 900 },
  { path: '/api/backtests/', limit: 'heavyRead', access: 'org.read', bodySeconds: 5 },
  { path: '/api/stripe/webhook', limit: 'webhook', access: 'public', bodySeconds: 10 },
  { path: '/healthz', limit: 'request', access: 'public', bodySeconds: 5 },
  { path: '/metrics', limit: 'request', access: 'public', bodySeconds: 5 },
  { path: '/', limit: 'request', access: 'public', bodySeconds: 10 },
];

const PAGES: Route = { path: '/', limit: 'request', access: 'public', bodySeconds: 10 };

export const routeOf = (path: string): Route =>
  ROUTES.find((route) => (route.path.endsWith('/') ? path.startsWith(route.path) : path === route.path)) ?? PAGES;
