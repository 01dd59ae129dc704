import { and, eq, gt, isNotNull, isNull, lt, lte, ne, sql } from 'drizzle-orm';
import type { UserId } from '#core/requests/ids.ts';
import type { Tx } from '../database.ts';
import { ceremonies, passkeys, recoveryCodes, totpSeeds, users } from '../schema/index.ts';

type Ceremony = typeof ceremonies.$inferSelect;

export async function insertCeremony(tx: Tx, ceremony: typeof ceremonies.$inferInsert): Promise<void> {
  await tx.insert(ceremonies).values(ceremony);
}

/** Locked until the transaction ends: of two who take the second step at once, one waits, and finds it gone. */
export async function lockCeremony(tx: Tx, id: string, kind: Ceremony['kind'], now: Date): Promise<Ceremony | null> {
  const [row] = await tx
    .select()
    .from(ceremonies)
    .where(and(eq(ceremonies.id, id), eq(ceremonies.kind, kind), gt(ceremonies.expiresAt, now)))
    .for('update');
  return row ?? null;
}

export async function setCeremonyFacts(tx: Tx, id: string, facts: Ceremony['facts']): Promise<void> {
  await tx.update(ceremonies).set({ facts }).where(eq(ceremonies.id, id));
}

export async function deleteCeremony(tx: Tx, id: string): Promise<void> {
  await tx.delete(ceremonies).where(eq(ceremonies.id, id));
}

export async function deleteCeremoniesBefore(tx: Tx, now: Date): Promise<void> {
  await tx.delete(ceremonies).where(lt(ceremonies.expiresAt, now));
}

export async function findSeed(tx: Tx, userId: UserId) {
  const [row] = await tx.select().from(totpSeeds).where(eq(totpSeeds.userId, userId));
  return row ?? null;
}

/** In place of one that was not confirmed. False when there is one that was. */
export async function putSeed(tx: Tx, seed: { userId: UserId; sealed: Uint8Array; keyId: string }): Promise<boolean> {
  const rows = await tx
    .insert(totpSeeds)
    .values(seed)
    .onConflictDoUpdate({
      target: totpSeeds.userId,
      set: { sealed: seed.sealed, keyId: seed.keyId, lastStep: 0, createdAt: sql`now()` },
      setWhere: isNull(totpSeeds.confirmedAt),
    })
    .returning({ userId: totpSeeds.userId });
  return rows.length > 0;
}

export async function confirmSeed(tx: Tx, userId: UserId, now: Date): Promise<void> {
  await tx.update(totpSeeds).set({ confirmedAt: now }).where(eq(totpSeeds.userId, userId));
}

export async function deleteSeed(tx: Tx, userId: UserId): Promise<boolean> {
  const rows = await tx.delete(totpSeeds).where(eq(totpSeeds.userId, userId)).returning({ of: totpSeeds.userId });
  return rows.length > 0;
}

/** Takes a step: false when it, or a later one, was taken before. */
export async function takeStep(tx: Tx, userId: UserId, step: number): Promise<boolean> {
  const rows = await tx
    .update(totpSeeds)
    .set({ lastStep: step })
    .where(and(eq(totpSeeds.userId, userId), lt(totpSeeds.lastStep, step)))
    .returning({ of: totpSeeds.userId });
  return rows.length > 0;
}

/** Seeds that another key has sealed, a few. */
export function listSeedsOfOtherKeys(tx: Tx, keyId: string, limit: number) {
  return tx.select().from(totpSeeds).where(ne(totpSeeds.keyId, keyId)).limit(limit).for('update', { skipLocked: true });
}

export async function resealSeed(
  tx: Tx,
  userId: UserId,
  seed: { readonly sealed: Uint8Array; readonly keyId: string },
): Promise<void> {
  await tx.update(totpSeeds).set(seed).where(eq(totpSeeds.userId, userId));
}

export async function replaceRecoveryCodes(tx: Tx, userId: UserId, hashes: readonly string[]): Promise<void> {
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  if (hashes.length > 0) await tx.insert(recoveryCodes).values(hashes.map((hash) => ({ userId, hash })));
}

/** False when it is none of the person's, or was used. */
export async function takeRecoveryCode(tx: Tx, userId: UserId, hash: string, now: Date): Promise<boolean> {
  const rows = await tx
    .update(recoveryCodes)
    .set({ usedAt: now })
    .where(and(eq(recoveryCodes.userId, userId), eq(recoveryCodes.hash, hash), isNull(recoveryCodes.usedAt)))
    .returning({ hash: recoveryCodes.hash });
  return rows.length > 0;
}

export async function countRecoveryCodes(tx: Tx, userId: UserId): Promise<number> {
  return tx.$count(recoveryCodes, and(eq(recoveryCodes.userId, userId), isNull(recoveryCodes.usedAt)));
}

export function listPasskeys(tx: Tx, userId: UserId) {
  return tx.select().from(passkeys).where(eq(passkeys.userId, userId)).orderBy(passkeys.createdAt);
}

export async function findPasskey(tx: Tx, id: string) {
  const [row] = await tx.select().from(passkeys).where(eq(passkeys.id, id));
  return row ?? null;
}

export async function insertPasskey(tx: Tx, passkey: typeof passkeys.$inferInsert): Promise<boolean> {
  const rows = await tx.insert(passkeys).values(passkey).onConflictDoNothing().returning({ id: passkeys.id });
  return rows.length > 0;
}

export async function renamePasskey(tx: Tx, userId: UserId, id: string, name: string): Promise<boolean> {
  const rows = await tx
    .update(passkeys)
    .set({ name })
    .where(and(eq(passkeys.userId, userId), eq(passkeys.id, id)))
    .returning({ id: passkeys.id });
  return rows.length > 0;
}

export async function deletePasskey(tx: Tx, userId: UserId, id: string): Promise<string | null> {
  const [row] = await tx
    .delete(passkeys)
    .where(and(eq(passkeys.userId, userId), eq(passkeys.id, id)))
    .returning({ name: passkeys.name });
  return row?.name ?? null;
}

/** A passkey was used. A counter never goes back; most stay at 0. */
export async function usePasskey(tx: Tx, id: string, counter: number, now: Date): Promise<void> {
  await tx
    .update(passkeys)
    .set({ counter, lastUsedAt: now })
    .where(and(eq(passkeys.id, id), lte(passkeys.counter, counter)));
}

/**
 * Whether signing in takes a second factor from now on: while there is a confirmed seed or a passkey. Says whether it
 * does.
 */
export async function settleSecondFactor(tx: Tx, userId: UserId, now: Date): Promise<boolean> {
  const seeds = await tx.$count(totpSeeds, and(eq(totpSeeds.userId, userId), isNotNull(totpSeeds.confirmedAt)));
  const has = seeds > 0 || (await tx.$count(passkeys, eq(passkeys.userId, userId))) > 0;
  await tx
    .update(users)
    .set({
      secondFactorSince: has ? sql`coalesce(${users.secondFactorSince}, ${now.toISOString()}::timestamptz)` : null,
    })
    .where(eq(users.id, userId));
  return has;
}

/** Nobody else changes the second factors of the person until the transaction ends. */
export async function lockSecondFactors(tx: Tx, userId: UserId): Promise<void> {
  await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for('update');
}
