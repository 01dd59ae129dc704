import { and, eq, gt, inArray, isNull, lt, sql } from 'drizzle-orm';
import type { UserId } from '#core/requests/ids.ts';
import type { Tx } from '../database.ts';
import { accountLinks, knownDevices, users } from '../schema/index.ts';

export async function findUserByEmail(tx: Tx, email: string) {
  const [user] = await tx
    .select()
    .from(users)
    .where(sql`lower(${users.email}) = lower(${email})`);
  return user ?? null;
}

export async function findUser(tx: Tx, id: UserId) {
  const [user] = await tx.select().from(users).where(eq(users.id, id));
  return user ?? null;
}

/** Whose password a link would set now. */
export async function findUserOfLink(tx: Tx, tokenHash: string, now: Date) {
  const [row] = await tx
    .select({ id: users.id, email: users.email, name: users.name })
    .from(accountLinks)
    .innerJoin(users, eq(users.id, accountLinks.userId))
    .where(
      and(
        eq(accountLinks.tokenHash, tokenHash),
        eq(accountLinks.purpose, 'reset'),
        isNull(accountLinks.usedAt),
        gt(accountLinks.expiresAt, now),
      ),
    );
  return row ?? null;
}

export async function markVerified(tx: Tx, id: UserId, now: Date): Promise<void> {
  await tx
    .update(users)
    .set({ emailVerifiedAt: now })
    .where(and(eq(users.id, id), isNull(users.emailVerifiedAt)));
}

/** A new address, which was confirmed. */
export async function setEmail(tx: Tx, id: UserId, email: string, now: Date): Promise<void> {
  await tx.update(users).set({ email, emailVerifiedAt: now }).where(eq(users.id, id));
}

export async function insertUser(tx: Tx, user: { name: string; email: string; passwordHash: string }): Promise<UserId> {
  const [row] = await tx.insert(users).values(user).returning({ id: users.id });
  if (!row) throw new Error('an insert returns its row');
  return row.id;
}

/** What people are called, those who have left included. */
export async function listNames(tx: Tx, ids: readonly UserId[]): Promise<ReadonlyMap<UserId, string>> {
  const rows = await tx
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(inArray(users.id, [...ids]));
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Whether the account of this address was signed in on the device before. */
export async function isDeviceOf(tx: Tx, device: string, email: string): Promise<boolean> {
  const rows = await tx
    .select({ id: knownDevices.id })
    .from(knownDevices)
    .innerJoin(users, eq(users.id, knownDevices.userId))
    .where(and(eq(knownDevices.id, device), sql`lower(${users.email}) = lower(${email})`));
  return rows.length > 0;
}

export async function isDeviceOfUser(tx: Tx, device: string, userId: UserId): Promise<boolean> {
  return (await tx.$count(knownDevices, and(eq(knownDevices.id, device), eq(knownDevices.userId, userId)))) > 0;
}

/** Whether anybody was signed in on the device before: a token that we gave, not a planted token. */
export async function isDeviceKnown(tx: Tx, device: string): Promise<boolean> {
  const rows = await tx.select({ id: knownDevices.id }).from(knownDevices).where(eq(knownDevices.id, device)).limit(1);
  return rows.length > 0;
}

export async function rememberDevice(tx: Tx, id: string, userId: UserId, now: Date): Promise<void> {
  await tx
    .insert(knownDevices)
    .values({ id, userId, lastSeenAt: now })
    .onConflictDoUpdate({ target: [knownDevices.id, knownDevices.userId], set: { lastSeenAt: now } });
}

export async function deleteDevicesUnseenSince(tx: Tx, time: Date): Promise<void> {
  await tx.delete(knownDevices).where(lt(knownDevices.lastSeenAt, time));
}

export async function hasUsers(tx: Tx): Promise<boolean> {
  return (await tx.select({ id: users.id }).from(users).limit(1)).length > 0;
}

/** Nobody else makes a person until the transaction ends. */
export async function lockUsers(tx: Tx): Promise<void> {
  await tx.execute(sql`lock table ${users} in share row exclusive mode`);
}

const usersWithHash = (tx: Tx, passwordHash: string) =>
  tx.select({ id: users.id }).from(users).where(eq(users.passwordHash, passwordHash));

export async function hasUserWithHash(tx: Tx, passwordHash: string): Promise<boolean> {
  return (await usersWithHash(tx, passwordHash).limit(1)).length > 0;
}

/** Those who have this hash of a password; nobody else changes them until the transaction ends. */
export async function lockUsersWithHash(tx: Tx, passwordHash: string): Promise<UserId[]> {
  return (await usersWithHash(tx, passwordHash).for('update')).map(({ id }) => id);
}

export async function setPasswordHash(tx: Tx, ids: readonly UserId[], passwordHash: string): Promise<void> {
  await tx
    .update(users)
    .set({ passwordHash })
    .where(inArray(users.id, [...ids]));
}
