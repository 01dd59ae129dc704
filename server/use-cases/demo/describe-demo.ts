import type { Config } from '#server/config/config.ts';
import type { Database } from '#server/db/database.ts';
import { isLoopback } from '#server/network/loopback.ts';
import { readAcross } from '../act/read.ts';
import { freely } from '../act/right.ts';
import { DEMO, type Demo } from './demo.ts';
import { hasPublishedLogins } from './published-logins.ts';

interface Asks {
  readonly db: Database;
  readonly config: Pick<Config, 'demo' | 'onlyHere'>;
  readonly from: { readonly ip: string | null };
}

/**
 * The published logins, for the sign-in page of somebody at this machine; null for everybody else, and where the logins
 * do not work.
 */
export async function describeDemo({ db, config, from }: Asks): Promise<Demo | null> {
  if (!config.demo || !config.onlyHere || from.ip === null || !isLoopback(from.ip)) return null;
  return (await readAcross(db, freely('shown to this machine alone'), hasPublishedLogins)) ? DEMO : null;
}
