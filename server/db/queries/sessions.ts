import { and, eq, gt, inArray, isNull, lt, ne, or, sql } from 'drizzle-orm';
import type { OrgId, UserId } from '#core/requests/ids.ts';
import type { Tx } from '../database.ts';
import { accessPolicies, memberships, organisations, sessions, signInAttempts, users } from '../schema/index.ts';

export type SessionRow = typeof sessions.$inferSelect;

export async function insertSession(tx: Tx, session: typeof sessions.$inferInsert): Promise<void> {
  await tx.insert(sessions).values(session);
}

/**
 * The session with this token in a cookie, with its person and their membership; nothing when they no longer belong to
 * the session's organisation, or are suspended.
 */
export async function findSession(tx: Tx, token: string) {
  const [row] = await selectSessions(tx).where(
    or(eq(sessions.id, token), and(eq(sessions.previousId, token), gt(sessions.previousUntil, sql`now()`))),
  );
  return row ?? null;
}

/** The same of these chains, for sockets that were let in before. */
export function listSessions(tx: Tx, chains: readonly string[]) {
  return selectSessions(tx).where(inArray(sessions.chain, [...chains]));
}

/** When a session ends, however much it is used: after the hours that the organisation gives it, at the latest. */
const ENDS_AT = sql<Date>`least(${sessions.absoluteExpiresAt},
  ${sessions.createdAt} + ${accessPolicies.sessionHours} * interval '1 hour')`.mapWith(sessions.absoluteExpiresAt);

const selectSessions = (tx: Tx) =>
  tx
    .select({
      session: sessions,
      name: users.name,
      email: users.email,
      orgName: organisations.name,
      role: memberships.role,
      emailVerifiedAt: users.emailVerifiedAt,
      secondFactorSince: users.secondFactorSince,
      isPlatformAdmin: users.isPlatformAdmin,
      /** By the policy of the organisation. */
      endsAt: ENDS_AT,
    })
    .from(sessions)
    .innerJoin(users, and(eq(users.id, sessions.userId), isNull(users.suspendedAt)))
    .innerJoin(memberships, and(eq(memberships.orgId, sessions.orgId), eq(memberships.userId, sessions.userId)))
    .innerJoin(organisations, eq(organisations.id, sessions.orgId))
    .leftJoin(accessPolicies, eq(accessPolicies.orgId, sessions.orgId));

export function listSessionsOfUser(tx: Tx, userId: UserId): Promise<SessionRow[]> {
  return tx.select().from(sessions).where(eq(sessions.userId, userId));
}

export async function touchSession(tx: Tx, chain: string): Promise<void> {
  await tx
    .update(sessions)
    .set({ lastSeenAt: sql`now()` })
    .where(eq(sessions.chain, chain));
}

/** The person has shown that it is they. The session gets a new token. */
export async function stepSessionUp(tx: Tx, chain: string, now: Date): Promise<void> {
  await tx.update(sessions).set({ steppedUpAt: now, rotationDue: true }).where(eq(sessions.chain, chain));
}

/** This session gets a new token at its next request. */
export async function requireRotationOf(tx: Tx, chain: string): Promise<void> {
  await tx.update(sessions).set({ rotationDue: true }).where(eq(sessions.chain, chain));
}

/** Ends all sessions of a person, but that of `except`. */
export async function deleteOtherSessions(tx: Tx, userId: UserId, except: string | null): Promise<string[]> {
  const rows = await tx
    .delete(sessions)
    .where(and(eq(sessions.userId, userId), except === null ? undefined : ne(sessions.chain, except)))
    .returning({ chain: sessions.chain });
  return rows.map(({ chain }) => chain);
}

/** False when the person has no such session. */
export async function deleteSessionOf(tx: Tx, userId: UserId, chain: string): Promise<boolean> {
  const rows = await tx
    .delete(sessions)
    .where(and(eq(sessions.userId, userId), eq(sessions.chain, chain)))
    .returning({ chain: sessions.chain });
  return rows.length > 0;
}

/** Moves the idle expiry on, never past the absolute one. */
export async function extendSession(tx: Tx, id: string, expiresAt: Date): Promise<void> {
  const until = sql`least(${sessions.absoluteExpiresAt}, ${expiresAt.toISOString()}::timestamptz)`;
  await tx
    .update(sessions)
    .set({ expiresAt: until })
    .where(and(eq(sessions.id, id), lt(sessions.expiresAt, until)));
}

export async function switchSession(tx: Tx, chain: string, orgId: OrgId): Promise<void> {
  await tx.update(sessions).set({ orgId, rotationDue: true }).where(eq(sessions.chain, chain));
}

/** The person's rights have changed: their sessions in the organisation get new tokens. */
export async function requireRotation(tx: Tx, orgId: OrgId, userId: UserId): Promise<void> {
  await tx
    .update(sessions)
    .set({ rotationDue: true })
    .where(and(eq(sessions.orgId, orgId), eq(sessions.userId, userId)));
}

/**
 * Gives a session another token. The old token holds for `graceMs` more. False when the session has another one
 * already.
 */
export async function rotateSession(tx: Tx, chain: string, id: string, graceMs: number): Promise<boolean> {
  const rows = await tx
    .update(sessions)
    .set({
      id,
      previousId: sessions.id,
      previousUntil: sql`now() + ${graceMs} * interval '1 millisecond'`,
      rotationDue: false,
    })
    .where(and(eq(sessions.chain, chain), sessions.rotationDue))
    .returning({ id: sessions.id });
  return rows.length > 0;
}

export async function deleteSession(tx: Tx, chain: string): Promise<void> {
  await tx.delete(sessions).where(eq(sessions.chain, chain));
}

/** By the hash of its token; gives whose it was. */
export async function deleteSessionByToken(tx: Tx, token: string): Promise<UserId | null> {
  const [row] = await tx
    .delete(sessions)
    .where(or(eq(sessions.id, token), eq(sessions.previousId, token)))
    .returning({ userId: sessions.userId });
  return row?.userId ?? null;
}

export async function deleteSessionsOfUser(tx: Tx, userId: UserId): Promise<void> {
  await tx.delete(sessions).where(eq(sessions.userId, userId));
}

export async function deleteSessionsOfMember(tx: Tx, orgId: OrgId, userId: UserId): Promise<void> {
  await tx.delete(sessions).where(and(eq(sessions.orgId, orgId), eq(sessions.userId, userId)));
}

/** No session ends after its absolute expiry: `extendSession` sees to that. */
export async function deleteExpiredSessions(tx: Tx, now: Date): Promise<void> {
  await tx.delete(sessions).where(lt(sessions.expiresAt, now));
}

export async function deleteExpiredAttempts(tx: Tx, now: Date): Promise<void> {
  await tx.delete(signInAttempts).where(lt(signInAttempts.expire, now));
}

export async function deleteSessionsOfUsers(tx: Tx, userIds: readonly UserId[]): Promise<void> {
  await tx.delete(sessions).where(inArray(sessions.userId, [...userIds]));
}
