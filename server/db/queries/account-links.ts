import { and, count, desc, eq, gt, inArray, isNull, lt, sql } from 'drizzle-orm';
import type { UserId } from '#core/requests/ids.ts';
import type { Tx } from '../database.ts';
import { accountLinks, letters, type LinkPurpose } from '../schema/index.ts';

export type { LinkPurpose };

export async function insertLink(tx: Tx, link: typeof accountLinks.$inferInsert): Promise<void> {
  await tx.insert(accountLinks).values(link);
}

/** Uses a link up. Of two who come at once one gets it; null when it was used, has expired, or never was. */
export async function useLink(tx: Tx, tokenHash: string, purposes: readonly LinkPurpose[], now: Date) {
  const [row] = await tx
    .update(accountLinks)
    .set({ usedAt: now })
    .where(
      and(
        eq(accountLinks.tokenHash, tokenHash),
        inArray(accountLinks.purpose, [...purposes]),
        isNull(accountLinks.usedAt),
        gt(accountLinks.expiresAt, now),
      ),
    )
    .returning();
  return row ?? null;
}

/** Whether a link would work now; uses nothing up. */
export async function isLinkOpen(tx: Tx, tokenHash: string, purpose: LinkPurpose, now: Date): Promise<boolean> {
  const rows = await tx
    .select({ id: accountLinks.id })
    .from(accountLinks)
    .where(
      and(
        eq(accountLinks.tokenHash, tokenHash),
        eq(accountLinks.purpose, purpose),
        isNull(accountLinks.usedAt),
        gt(accountLinks.expiresAt, now),
      ),
    );
  return rows.length > 0;
}

/** Counts one more typed code against the newest link of the person that has a code; null when there is none. */
export async function takeCodeAttempt(tx: Tx, userId: UserId, now: Date) {
  const newest = tx
    .select({ id: accountLinks.id })
    .from(accountLinks)
    .where(
      and(
        eq(accountLinks.userId, userId),
        eq(accountLinks.purpose, 'verify'),
        isNull(accountLinks.usedAt),
        gt(accountLinks.expiresAt, now),
      ),
    )
    .orderBy(desc(accountLinks.createdAt))
    .limit(1);
  const [row] = await tx
    .update(accountLinks)
    .set({ attempts: sql`${accountLinks.attempts} + 1` })
    .where(eq(accountLinks.id, newest))
    .returning();
  return row ?? null;
}

/** Links of the person for this purpose that were not used work no longer. */
export async function endLinks(tx: Tx, userId: UserId, purpose: LinkPurpose, now: Date): Promise<void> {
  await tx
    .update(accountLinks)
    .set({ usedAt: now })
    .where(and(eq(accountLinks.userId, userId), eq(accountLinks.purpose, purpose), isNull(accountLinks.usedAt)));
}

/** Whether the other side has agreed to this change of address, lately enough. */
export async function hasAgreed(
  tx: Tx,
  { userId, purpose, email, now }: { userId: UserId; purpose: LinkPurpose; email: string; now: Date },
): Promise<boolean> {
  const rows = await tx
    .select({ id: accountLinks.id })
    .from(accountLinks)
    .where(
      and(
        eq(accountLinks.userId, userId),
        eq(accountLinks.purpose, purpose),
        eq(accountLinks.email, email),
        sql`${accountLinks.usedAt} is not null`,
        gt(accountLinks.expiresAt, now),
      ),
    );
  return rows.length > 0;
}

/** Letters of a kind to a person since then: what is asked for again and again is bounded. */
export async function countLetters(tx: Tx, userId: UserId, kind: string, since: Date): Promise<number> {
  const [row] = await tx
    .select({ many: count() })
    .from(letters)
    .where(and(eq(letters.userId, userId), eq(letters.kind, kind), gt(letters.createdAt, since)));
  return row?.many ?? 0;
}

export async function deleteLinksBefore(tx: Tx, time: Date): Promise<void> {
  await tx.delete(accountLinks).where(lt(accountLinks.expiresAt, time));
}
