import { verifyPassword } from '#server/auth/passwords.ts';
import { findUserByEmail } from '#server/db/queries/users.ts';
import { AppError } from '#server/errors.ts';
import { readAcross } from '../act/read.ts';
import type { Visitor } from '../context.ts';
import type { Begun } from './begin-session.ts';
import { enter, ENTERS, takeEntry } from './enter.ts';

/** Checks the password and starts a session, in the organisation of `invitation` when there is one. */
export async function signIn(
  context: Visitor,
  input: { readonly email: string; readonly password: string; readonly invitation?: string | undefined },
): Promise<Begun> {
  const attempt = await takeEntry(context, input.email);
  const user = await readAcross(context.db, ENTERS, (tx) => findUserByEmail(tx, input.email));
  const matches = await verifyPassword(user?.passwordHash ?? null, input.password, attempt.turn);
  if (!user || !matches) throw new AppError('UNAUTHENTICATED', 'The address or the password is not right.');
  await attempt.succeeded();
  return enter(context, user, input.invitation);
}
