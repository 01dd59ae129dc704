import { randomBytes } from 'node:crypto';
import { hashPassword } from '#server/auth/passwords.ts';
import type { Config } from '#server/config/config.ts';
import type { Database, Tx } from '#server/db/database.ts';
import { deleteSessionsOfUsers } from '#server/db/queries/sessions.ts';
import { hasUserWithHash, lockUsersWithHash, setPasswordHash } from '#server/db/queries/users.ts';
import { isLoopback } from '#server/network/loopback.ts';
import { actAcross } from '../act/act.ts';
import { readAcross } from '../act/read.ts';
import { freely } from '../act/right.ts';
import { NOWHERE } from '../context.ts';
import { DEMO, type Demo, PUBLISHED_HASH } from './demo.ts';

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

const STARTS = freely('whoever starts the server for others to reach');

/** 120 bits, in characters that are easily copied. */
export const randomPassword = (): string => randomBytes(15).toString('base64url');

export const hasPublishedLogins = (tx: Tx): Promise<boolean> => hasUserWithHash(tx, PUBLISHED_HASH);

/**
 * Gives the people who still have the published password a random one, and ends their sessions: for a server that
 * others reach, over a database that was filled when nobody else did. Returns the new password, which exists nowhere
 * else; null where there was nothing to close.
 */
export async function closePublishedLogins(db: Database): Promise<Demo | null> {
  if (!(await readAcross(db, STARTS, hasPublishedLogins))) return null;
  const password = randomPassword();
  const passwordHash = await hashPassword(password, { share: 'start', account: 'demo' });
  return actAcross({ db, now: new Date(), from: NOWHERE }, STARTS, async (unit) => {
    const { tx } = unit;
    unit.nothingHappened();
    const ids = await lockUsersWithHash(tx, PUBLISHED_HASH);
    // Another process has closed them meanwhile, and has said its password.
    if (ids.length === 0) return null;
    await setPasswordHash(tx, ids, passwordHash);
    await deleteSessionsOfUsers(tx, ids);
    for (const userId of ids) unit.happenedIn(null, { kind: 'stranger' }, 'access.ended', { userId });
    return { ...DEMO, password };
  });
}
