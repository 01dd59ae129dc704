import { randomBytes } from 'node:crypto';
import { eq, inArray } from 'drizzle-orm';
import { notifyAccessChanged } from '#server/auth/access-changed.ts';
import { hashPassword } from '#server/auth/passwords.ts';
import { asSystem, type Database, type Tx } from '#server/db/database.ts';
import { sessions, users } from '#server/db/schema/index.ts';
import { DEMO, PUBLISHED_HASH, type Demo } from './demo.ts';

/** 120 bits, in characters that are easily copied. */
export const randomPassword = (): string => randomBytes(15).toString('base64url');

const listPublished = (tx: Tx) => tx.select({ id: users.id }).from(users).where(eq(users.passwordHash, PUBLISHED_HASH));

export const hasPublishedLogins = async (tx: Tx): Promise<boolean> => (await listPublished(tx)).length > 0;

/**
 * Gives the people who still have the published password a random one, and ends their sessions: for a server that others reach, over a database
 * that was filled when nobody else did. Returns the new password, which exists nowhere else; null where there was nothing to close.
 */
export async function closePublishedLogins(db: Database): Promise<Demo | null> {
  if (!(await asSystem(db, hasPublishedLogins))) return null;
  const password = randomPassword();
  const passwordHash = await hashPassword(password, { share: 'start', account: 'demo' });
  return asSystem(db, async (tx) => {
    const ids = (await listPublished(tx).for('update')).map(({ id }) => id);
    // Another process has closed them meanwhile, and has said its password.
    if (ids.length === 0) return null;
    await tx.update(users).set({ passwordHash }).where(inArray(users.id, ids));
    await tx.delete(sessions).where(inArray(sessions.userId, ids));
    for (const id of ids) await notifyAccessChanged(tx, id);
    return { ...DEMO, password };
  });
}
