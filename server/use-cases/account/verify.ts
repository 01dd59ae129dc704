import { timingSafeEqual } from 'node:crypto';
import { hashToken } from '#server/auth/token.ts';
import { countLetters, endLinks, takeCodeAttempt, useLink } from '#server/db/queries/account-links.ts';
import { findUser, markVerified } from '#server/db/queries/users.ts';
import { AppError } from '#server/errors.ts';
import type { Person } from '#server/policies/principal.ts';
import { actAcross, type WideUnit } from '../act/act.ts';
import { freely } from '../act/right.ts';
import type { Anonymous, Caller } from '../context.ts';
import { letterTo } from './letter-to.ts';
import { sayOfAccount } from './say-of-account.ts';

const OWN = freely('one’s own address');
/** Codes that may be typed wrong before another letter is needed. */
const MOST_CODES = 5;
/** Letters of one kind to one person. */
export const MOST_LETTERS = { count: 3, inMs: 15 * 60_000 };

const GONE = () =>
  new AppError(
    'NOT_FOUND',
    'This link does not work any more: it was used, or it has expired. Ask for another letter.',
  );

/** By the link of a letter, whoever opens it: reading the letter is what is shown. */
export function verifyByLink(caller: Anonymous, { token }: { readonly token: string }): Promise<{ email: string }> {
  return actAcross(caller, freely('the link of a letter shows who reads the letters'), async (unit) => {
    const link = await useLink(unit.tx, hashToken(token), ['verify'], unit.now);
    if (!link) throw GONE();
    const user = await findUser(unit.tx, link.userId);
    // The address has changed since.
    if (user?.email !== link.email) throw GONE();
    await verified(unit, link.userId);
    return { email: link.email };
  });
}

/** By the code of a letter, for whoever is signed in. */
export async function verifyByCode(caller: Caller<Person>, { code }: { readonly code: string }): Promise<void> {
  const { userId, email } = caller.principal;
  // The attempt stays counted, also when the code is wrong.
  const taken = await actAcross(caller, OWN, (unit) => {
    unit.nothingHappened();
    return takeCodeAttempt(unit.tx, userId, unit.now);
  });
  if (!taken || taken.attempts > MOST_CODES)
    throw new AppError('RATE_LIMITED', 'This code does not work any more. Ask for another letter.');
  const given = Buffer.from(hashToken(`${taken.id} ${code}`));
  const kept = Buffer.from(taken.codeHash ?? '');
  if (taken.email !== email || given.length !== kept.length || !timingSafeEqual(given, kept))
    throw new AppError('INVALID', 'This is not the code of the newest letter. Type it as it stands there.', {
      field: 'code',
    });
  await actAcross(caller, OWN, (unit) => verified(unit, userId));
}

/** Another letter, a few at the most: the links of those before work until they expire. */
export function sendVerification(caller: Caller<Person>): Promise<void> {
  const { principal } = caller;
  return actAcross(caller, OWN, async (unit) => {
    const { tx, now } = unit;
    const user = await findUser(tx, principal.userId);
    if (!user || user.emailVerifiedAt) return unit.nothingHappened();
    await requireFewLetters(unit, principal.userId, 'verify');
    unit.happenedIn(principal.orgId, principal, 'account.verify_asked', {
      userId: principal.userId,
      letters: [letterTo({ userId: principal.userId, email: user.email }, 'verify', { from: caller.from, now })],
    });
  });
}

export async function requireFewLetters({ tx, now }: WideUnit, userId: Person['userId'], kind: string): Promise<void> {
  const since = new Date(now.getTime() - MOST_LETTERS.inMs);
  if ((await countLetters(tx, userId, kind, since)) >= MOST_LETTERS.count)
    throw new AppError(
      'RATE_LIMITED',
      'We have sent you several letters already. Look into your mailbox, and into spam; ask again in a quarter of an hour.',
    );
}

async function verified(unit: WideUnit, userId: Person['userId']): Promise<void> {
  await markVerified(unit.tx, userId, unit.now);
  await endLinks(unit.tx, userId, 'verify', unit.now);
  await sayOfAccount(unit, { kind: 'person', userId }, 'account.verified', { userId, endsSessions: true });
}
