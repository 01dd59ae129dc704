import { verifyPassword } from '#server/auth/passwords.ts';
import { findUserByEmail } from '#server/db/queries/users.ts';
import { AppError } from '#server/errors.ts';
import type { Person } from '#server/policies/principal.ts';
import { readAcross } from '../act/read.ts';
import { freely } from '../act/right.ts';
import type { Caller, Visitor } from '../context.ts';
import { takeEntry } from './enter.ts';

/** Somebody who is signed in and shows that it is still them. */
export type Confirming = Caller<Person> & Pick<Visitor, 'tokens'>;

/**
 * Before what can't be undone by others: whoever found an open window does not know the password. Counts as an attempt
 * to sign in, so that nobody guesses here instead. Throws INVALID.
 */
export async function confirmPassword(caller: Confirming, password: string): Promise<void> {
  const { email } = caller.principal;
  const attempt = await takeEntry(caller, email);
  const user = await readAcross(caller.db, freely('one’s own password'), (tx) => findUserByEmail(tx, email));
  if (!(await verifyPassword(user?.passwordHash ?? null, password, attempt.turn)))
    throw new AppError('INVALID', 'The password is not right.', { field: 'password' });
  await attempt.succeeded();
}
