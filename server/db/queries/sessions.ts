import { and, eq, lt, or, sql } from 'drizzle-orm';
import type { Tx } from '../database.ts';
import { memberships, organisations, sessions, users } from '../schema/index.ts';

export type SessionRow = typeof sessions.$inferSelect;

export async function insertSession(tx: Tx, session: typeof sessions.$inferInsert): Promise<void> {
  await tx.insert(sessions).values(session);
}

/** The session with its person and their membership; nothing when they no longer belong to the session's organisation. */
export async function findSession(tx: Tx, id: string) {
  const [row] = await tx
    .select({
      session: sessions,
      name: users.name,
      email: users.email,
      orgName: organisations.name,
      role: memberships.role,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .innerJoin(memberships, and(eq(memberships.orgId, sessions.orgId), eq(memberships.userId, sessions.userId)))
    .innerJoin(organisations, eq(organisations.id, sessions.orgId))
    .where(eq(sessions.id, id));
  return row ?? null;
}

export function listSessionsOfUser(tx: Tx, userId: string): Promise<SessionRow[]> {
  return tx.select().from(sessions).where(eq(sessions.userId, userId));
}

/** Moves the idle expiry on, never past the absolute one. */
export async function extendSession(tx: Tx, id: string, expiresAt: Date): Promise<void> {
  const until = sql`least(${sessions.absoluteExpiresAt}, ${expiresAt.toISOString()}::timestamptz)`;
  await tx.update(sessions).set({ expiresAt: until }).where(and(eq(sessions.id, id), lt(sessions.expiresAt, until)));
}

export async function switchSession(tx: Tx, id: string, orgId: string): Promise<void> {
  await tx.update(sessions).set({ orgId }).where(eq(sessions.id, id));
}

export async function deleteSession(tx: Tx, id: string): Promise<void> {
  await tx.delete(sessions).where(eq(sessions.id, id));
}

export async function deleteSessionsOfUser(tx: Tx, userId: string): Promise<void> {
  await tx.delete(sessions).where(eq(sessions.userId, userId));
}

export async function deleteSessionsOfMember(tx: Tx, orgId: string, userId: string): Promise<void> {
  await tx.delete(sessions).where(and(eq(sessions.orgId, orgId), eq(sessions.userId, userId)));
}

export async function deleteExpiredSessions(tx: Tx, now: Date): Promise<void> {
  await tx.delete(sessions).where(or(lt(sessions.expiresAt, now), lt(sessions.absoluteExpiresAt, now)));
}
