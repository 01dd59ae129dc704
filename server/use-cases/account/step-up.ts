import { takeAttempt, takeSecondFactor } from '#server/auth/attempts.ts';
import type { AssertionJson } from '#server/auth/passkeys.ts';
import { verifyPassword } from '#server/auth/passwords.ts';
import { hashToken } from '#server/auth/token.ts';
import { stepSessionUp } from '#server/db/queries/sessions.ts';
import { findUser } from '#server/db/queries/users.ts';
import { AppError } from '#server/errors.ts';
import { actAcross } from '../act/act.ts';
import { readAcross } from '../act/read.ts';
import { freely } from '../act/right.ts';
import { useCode } from './check-code.ts';
import { hasShownPasskey } from './passkeys.ts';
import type { Securing } from './totp.ts';

const OWN = freely('one’s own session');

export type Shown =
  | { readonly password: string }
  | { readonly code: string }
  | { readonly ticket: string; readonly response: AssertionJson };

/**
 * The person shows once more that it is they, by a second factor where the account has one, else by the password. The
 * session gets a new token, and what asks for this is allowed for some minutes.
 */
export async function stepUp(caller: Securing & { readonly address: string }, shown: Shown): Promise<void> {
  const { db, principal, from } = caller;
  const { userId } = principal;
  const user = await readAcross(db, OWN, (tx) => findUser(tx, userId));
  if (!user) throw new AppError('UNAUTHENTICATED', 'Your session has ended. Sign in again.');
  if ('password' in shown) {
    if (user.secondFactorSince)
      throw new AppError('INVALID', 'Your account has a second factor: use that.', { field: 'password' });
    const device = hashToken(principal.sessionId);
    const attempt = await takeAttempt(db, { email: user.email, address: from.ip, device });
    if (!(await verifyPassword(user.passwordHash, shown.password, attempt.turn)))
      throw new AppError('INVALID', 'This is not your password.', { field: 'password' });
    await attempt.succeeded();
    return steppedUp();
  }
  const attempt = await takeSecondFactor(db, userId);
  if ('code' in shown) await takeCode(shown.code);
  else if (!(await hasShownPasskey(caller, shown)))
    throw new AppError('INVALID', 'This is not a passkey of your account. Try again.');
  await attempt.succeeded();
  return steppedUp();

  function takeCode(code: string): Promise<void> {
    return actAcross(caller, OWN, async (unit) => {
      unit.nothingHappened();
      if ((await useCode({ ...caller, tx: unit.tx }, userId, code)) === null)
        throw new AppError('INVALID', 'This code is not right, or was used before. Wait for the next one.', {
          field: 'code',
        });
    });
  }

  function steppedUp(): Promise<void> {
    return actAcross(caller, OWN, async (unit) => {
      await stepSessionUp(unit.tx, principal.sessionId, unit.now);
      unit.happenedIn(principal.orgId, principal, 'account.stepped_up', { userId, endsSessions: true });
    });
  }
}
