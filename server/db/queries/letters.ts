import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import type { LetterId } from '#core/requests/ids.ts';
import type { Tx } from '../database.ts';
import { letters } from '../schema/index.ts';
import { behind, type Page } from './keyset.ts';

export async function insertLetters(tx: Tx, rows: readonly (typeof letters.$inferInsert)[]): Promise<void> {
  if (rows.length > 0) await tx.insert(letters).values([...rows]);
}

/** Counts one more attempt of a letter that nobody has sent; null when somebody has. */
export async function takeLetter(tx: Tx, id: LetterId) {
  const [row] = await tx
    .update(letters)
    .set({ attempts: sql`${letters.attempts} + 1` })
    .where(and(eq(letters.id, id), isNull(letters.sentAt)))
    .returning();
  return row ?? null;
}

export async function markSent(tx: Tx, id: LetterId, now: Date): Promise<void> {
  await tx.update(letters).set({ sentAt: now, failedAt: null, failure: null }).where(eq(letters.id, id));
}

/** `at`: null while the letter is still tried. */
export async function markFailed(tx: Tx, id: LetterId, failure: string, at: Date | null): Promise<void> {
  await tx
    .update(letters)
    .set({ failure, failedAt: at })
    .where(and(eq(letters.id, id), isNull(letters.sentAt)));
}

/** False when there is no letter that was given up. */
export async function reviveLetter(tx: Tx, id: LetterId): Promise<boolean> {
  const rows = await tx
    .update(letters)
    .set({ failedAt: null, failure: null, attempts: 0 })
    .where(and(eq(letters.id, id), isNull(letters.sentAt), sql`${letters.failedAt} is not null`))
    .returning({ id: letters.id });
  return rows.length > 0;
}

/** The newest first. */
export function listLetters(tx: Tx, page: Page) {
  return tx
    .select()
    .from(letters)
    .where(behind(letters.createdAt, letters.id, page))
    .orderBy(desc(letters.createdAt), desc(letters.id))
    .limit(page.limit);
}

export async function findLetter(tx: Tx, id: LetterId) {
  const [row] = await tx.select().from(letters).where(eq(letters.id, id));
  return row ?? null;
}

export async function deleteLettersBefore(tx: Tx, time: Date): Promise<void> {
  await tx.delete(letters).where(sql`${letters.createdAt} < ${time.toISOString()}::timestamptz`);
}
