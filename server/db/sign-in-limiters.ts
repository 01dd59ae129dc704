import { RateLimiterDrizzle } from 'rate-limiter-flexible';
import type { Database } from './database.ts';
import { signInAttempts } from './schema/index.ts';

export interface SignInLimiters {
  /** Counts attempts that failed. */
  readonly failures: RateLimiterDrizzle;
  /** Lets one attempt through in each wait. */
  readonly gates: RateLimiterDrizzle;
}

const known = new WeakMap<Database, SignInLimiters>();

/** Both are upserts in Postgres, so several servers agree. */
export function signInLimiters(db: Database): SignInLimiters {
  const limiters = known.get(db) ?? createLimiters(db);
  known.set(db, limiters);
  return limiters;
}

function createLimiters(db: Database): SignInLimiters {
  const common = { storeClient: db.system, schema: signInAttempts, clearExpiredByTimeout: false };
  return {
    failures: new RateLimiterDrizzle({
      ...common,
      keyPrefix: 'failures',
      points: Number.MAX_SAFE_INTEGER,
      duration: 1,
    }),
    gates: new RateLimiterDrizzle({ ...common, keyPrefix: 'gate', points: 1, duration: 1 }),
  };
}
