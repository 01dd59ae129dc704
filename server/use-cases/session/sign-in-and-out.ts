import type { OrgId } from '#core/requests/ids.ts';
import { verifyPassword } from '#server/auth/passwords.ts';
import { findRole } from '#server/db/queries/organisations.ts';
import { deleteSession, switchSession } from '#server/db/queries/sessions.ts';
import { findUserByEmail } from '#server/db/queries/users.ts';
import { AppError } from '#server/errors.ts';
import type { Person } from '#server/policies/principal.ts';
import { actAcross } from '../act/act.ts';
import { readAcross } from '../act/read.ts';
import { freely } from '../act/right.ts';
import type { Caller, Visitor } from '../context.ts';
import { enter, ENTERS, takeEntry, type Entered } from './enter.ts';

/**
 * Checks the password and starts a session, in the organisation of `invitation` when there is one, or asks for the
 * second factor of the account.
 */
export async function signIn(
  context: Visitor,
  input: { readonly email: string; readonly password: string; readonly invitation?: string | undefined },
): Promise<Entered> {
  const attempt = await takeEntry(context, input.email);
  const user = await readAcross(context.db, ENTERS, (tx) => findUserByEmail(tx, input.email));
  const matches = await verifyPassword(user?.passwordHash ?? null, input.password, attempt.turn);
  if (!user || !matches) throw new AppError('UNAUTHENTICATED', 'The address or the password is not right.');
  await attempt.succeeded();
  return enter(context, user, input.invitation);
}

/** Goes on working in another organisation of the same person. */
export function switchOrganisation(caller: Caller<Person>, input: { readonly orgId: OrgId }): Promise<void> {
  const { principal } = caller;
  return actAcross(caller, freely('one’s own session; they belong to the other organisation'), async (unit) => {
    if ((await findRole(unit.tx, input.orgId, principal.userId)) === null)
      throw new AppError('NOT_FOUND', 'You do not belong to this organisation.');
    await switchSession(unit.tx, principal.sessionId, input.orgId);
    unit.happenedIn(input.orgId, principal, 'session.switched', principal);
  });
}

export function signOut(caller: Caller<Person>): Promise<void> {
  const { principal } = caller;
  return actAcross(caller, freely('one’s own session'), async (unit) => {
    await deleteSession(unit.tx, principal.sessionId);
    unit.happenedIn(principal.orgId, principal, 'session.ended', principal);
  });
}
