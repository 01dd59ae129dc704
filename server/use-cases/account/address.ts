import { hashToken } from '#server/auth/token.ts';
import { endLinks, hasAgreed, useLink } from '#server/db/queries/account-links.ts';
import { findUser, findUserByEmail, setEmail } from '#server/db/queries/users.ts';
import { AppError } from '#server/errors.ts';
import type { Person } from '#server/policies/principal.ts';
import { actAcross } from '../act/act.ts';
import { freely } from '../act/right.ts';
import type { Anonymous, Caller } from '../context.ts';
import { letterTo } from './letter-to.ts';
import { sayOfAccount } from './say-of-account.ts';
import { requireFewLetters } from './verify.ts';

/**
 * Asks for another address of one’s own account: a letter to each, and both have to agree. What is answered does not
 * depend on whether somebody else has the address; then its letter is not sent.
 */
export function askForAddress(caller: Caller<Person>, { email }: { readonly email: string }): Promise<void> {
  const { principal, from } = caller;
  return actAcross(caller, freely('one’s own address'), async (unit) => {
    const { tx, now } = unit;
    const user = await findUser(tx, principal.userId);
    if (!user) throw new AppError('UNAUTHENTICATED', 'Your session has ended. Sign in again.');
    if (email.toLowerCase() === user.email.toLowerCase())
      throw new AppError('INVALID', 'This is the address that your account has already.', { field: 'email' });
    await requireFewLetters(unit, user.id, 'leave-address');
    // A wish of before is no longer one.
    await endLinks(tx, user.id, 'leave-address', now);
    await endLinks(tx, user.id, 'take-address', now);
    const isTaken = (await findUserByEmail(tx, email)) !== null;
    const said = { from, now };
    unit.happenedIn(principal.orgId, principal, 'account.address_asked', {
      userId: user.id,
      letters: [
        letterTo({ userId: user.id, email: user.email }, 'leave-address', said, { email }),
        ...(isTaken ? [] : [letterTo({ userId: user.id, email }, 'take-address', said, { email })]),
      ],
    });
  });
}

/** One of both agrees, by the link of their letter. `done` says whether the other one has, too. */
export function agreeToAddress(
  caller: Anonymous,
  { token }: { readonly token: string },
): Promise<{ done: boolean; email: string }> {
  return actAcross(caller, freely('the link of a letter shows who reads the letters'), async (unit) => {
    const { tx, now } = unit;
    const link = await useLink(tx, hashToken(token), ['leave-address', 'take-address'], now);
    const user = link && (await findUser(tx, link.userId));
    if (!link || !user)
      throw new AppError('NOT_FOUND', 'This link does not work any more. Ask for the change again, in your settings.');
    const { userId, email } = link;
    const purpose = link.purpose === 'leave-address' ? 'take-address' : 'leave-address';
    if (!(await hasAgreed(tx, { userId, purpose, email, now }))) {
      unit.nothingHappened();
      return { done: false, email };
    }
    await setEmail(tx, userId, email, now);
    await endLinks(tx, userId, 'verify', now);
    await endLinks(tx, userId, 'reset', now);
    const said = { from: caller.from, now };
    await sayOfAccount(unit, { kind: 'person', userId }, 'account.address_changed', {
      userId,
      endsSessions: true,
      letters: [user.email, email].map((address) => letterTo({ userId, email: address }, 'address-changed', said)),
    });
    return { done: true, email };
  });
}
