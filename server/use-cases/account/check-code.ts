import type { UserId } from '#core/requests/ids.ts';
import type { Sealer } from '#server/auth/sealer.ts';
import { hashToken } from '#server/auth/token.ts';
import { isTotpCode, normaliseCode, stepOfCode } from '#server/auth/totp.ts';
import type { Tx } from '#server/db/database.ts';
import { findSeed, takeRecoveryCode, takeStep } from '#server/db/queries/second-factors.ts';

export const seedAbout = (userId: UserId): string => `totp ${userId}`;
export const hashOfRecovery = (userId: UserId, code: string): string => hashToken(`${userId} ${normaliseCode(code)}`);

interface Checking {
  readonly tx: Tx;
  readonly sealer: Sealer;
  readonly now: Date;
}

/**
 * Uses up a code of the person's app, or one of their recovery codes. Null when it is neither, or was used before: of
 * two who use one code at once, one gets in.
 */
export async function useCode(
  { tx, sealer, now }: Checking,
  userId: UserId,
  code: string,
): Promise<'totp' | 'recovery' | null> {
  if (!isTotpCode(code))
    return (await takeRecoveryCode(tx, userId, hashOfRecovery(userId, code), now)) ? 'recovery' : null;
  const seed = await findSeed(tx, userId);
  if (!seed?.confirmedAt) return null;
  return (await useTotp({ tx, sealer, now }, { ...seed, userId }, code)) ? 'totp' : null;
}

/** The same of a seed that may not be confirmed yet. */
export async function useTotp(
  { tx, sealer, now }: Checking,
  seed: NonNullable<Awaited<ReturnType<typeof findSeed>>>,
  code: string,
): Promise<boolean> {
  const step = stepOfCode(sealer.open(seed, seedAbout(seed.userId)), normaliseCode(code), now);
  return step !== null && takeStep(tx, seed.userId, step);
}
