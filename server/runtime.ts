import type { Sql } from 'postgres';
import type { Sealer } from './auth/sealer.ts';
import type { AskFormulas } from './compute/formula-threads.ts';
import type { Config } from './config/config.ts';
import type { Database } from './db/database.ts';
import type { Post } from './integrations/mail/post.ts';
import type { RateLimits } from './limits/rate-limits.ts';
import type { LiveHub } from './live/hub.ts';
import type { Log } from './observability/log.ts';
import type { SecurityLog } from './observability/security-log.ts';
import type { Billing } from './use-cases/billing/billing.ts';

/** What a process has one of. */
export interface Runtime {
  readonly db: Database;
  readonly sql: Sql;
  readonly config: Config;
  readonly log: Log;
  readonly live: LiveHub;
  readonly limits: RateLimits;
  readonly security: SecurityLog;
  /** Seals secrets that the server has to read again. */
  readonly sealer: Sealer;
  /** The way of letters, here for whoever looks after them; jobs send them. */
  readonly post: Post;
  /** Reads and compiles formulas apart from the thread that answers. */
  readonly formulas: AskFormulas;
  /** Null where Stripe is not set up. */
  readonly billing: Billing | null;
}

// Next bundles route handlers apart from main.ts, so a module variable would be there twice.
const KEY = Symbol.for('alphaloom.runtime');
const holder: typeof globalThis & { [KEY]?: Runtime } = globalThis;

export function setRuntime(runtime: Runtime): void {
  holder[KEY] = runtime;
}

export function getRuntime(): Runtime {
  const runtime = holder[KEY];
  if (!runtime) throw new Error('The server is not started: main.ts sets the runtime before it takes requests.');
  return runtime;
}
