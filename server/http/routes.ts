import type { LimitName } from '#server/policies/limits.ts';
import type { Permission } from '#server/policies/permissions.ts';

/** What a request may bring, by its path. */
export interface Route {
  /** The path, or how it begins when it ends with a slash. */
  readonly path: string;
  /**
   * Counts its requests beside `request`, at which each is counted first: `answer-route.ts` charges it; `call` where
   * each procedure counts its own.
   */
  readonly limit: LimitName;
  /** Who may ask: somebody with a permission, which the frame checks; anybody; or as each procedure says. */
  readonly access: Permission | 'public' | 'by procedure';
  /**
   * How long a body may take, in seconds, whoever reads the body; who reads it asks for a speed too (`SLOWEST_BODY`).
   */
  readonly bodySeconds: number;
  /**
   * Whether a body is read. No page reads one: a POST would be read by Next, whose server actions we have none of,
   * before it is refused.
   */
  readonly takesBody: boolean;
}

/** Every path outside the pages. The first that fits holds; a test holds it to the folders of `src/app`. */
export const ROUTES: readonly Route[] = [
  { path: '/api/trpc/', limit: 'call', access: 'by procedure', bodySeconds: 640, takesBody: true },
  { path: '/api/markets/import', limit: 'import', access: 'market.manage', bodySeconds: 900, takesBody: true },
  { path: '/api/markets/add-bars', limit: 'import', access: 'market.manage', bodySeconds: 900, takesBody: true },
  { path: '/api/backtests/', limit: 'heavyRead', access: 'org.read', bodySeconds: 5, takesBody: false },
  { path: '/api/audit/export', limit: 'heavyRead', access: 'audit.read', bodySeconds: 5, takesBody: false },
  { path: '/api/organisation/export', limit: 'heavyRead', access: 'owner.manage', bodySeconds: 5, takesBody: false },
  { path: '/api/stripe/webhook', limit: 'webhook', access: 'public', bodySeconds: 10, takesBody: true },
  { path: '/healthz', limit: 'request', access: 'public', bodySeconds: 5, takesBody: false },
  { path: '/metrics', limit: 'request', access: 'public', bodySeconds: 5, takesBody: false },
  { path: '/', limit: 'request', access: 'public', bodySeconds: 10, takesBody: false },
];

const PAGES: Route = { path: '/', limit: 'request', access: 'public', bodySeconds: 10, takesBody: false };

export const routeOf = (path: string): Route =>
  ROUTES.find((route) => (route.path.endsWith('/') ? path.startsWith(route.path) : path === route.path)) ?? PAGES;
