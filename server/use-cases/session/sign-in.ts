import { startSession } from '#server/auth/authenticate.ts';
import { verifyPassword } from '#server/auth/passwords.ts';
import { asSystem } from '#server/db/database.ts';
import { listOrganisationsOfUser } from '#server/db/queries/organisations.ts';
import { findUserByEmail } from '#server/db/queries/users.ts';
import { AppError } from '#server/errors.ts';
import type { Anonymous } from '../context.ts';
import { acceptInvitation } from '../team/invitation.ts';

/** Checks the password and starts a session, in the organisation of `invitation` when there is one. Returns the session's token. */
export async function signIn(
  context: Anonymous,
  input: { readonly email: string; readonly password: string; readonly invitation?: string | undefined },
): Promise<{ token: string }> {
  const user = await asSystem(context.db, (tx) => findUserByEmail(tx, input.email));
  const matches = await verifyPassword(user?.passwordHash ?? null, input.password);
  if (!user || !matches) throw new AppError('UNAUTHENTICATED', 'The address or the password is not right.');
  return asSystem(context.db, async (tx) => {
    const orgId = input.invitation
      ? await acceptInvitation(tx, context, { userId: user.id, email: user.email }, input.invitation)
      : (await listOrganisationsOfUser(tx, user.id))[0]?.id;
    if (orgId === undefined) {
      throw new AppError('FORBIDDEN', 'This account belongs to no organisation any more. Open the link of an invitation to join one.');
    }
    return { token: await startSession(tx, user.id, { orgId, ...context.from }) };
  });
}
