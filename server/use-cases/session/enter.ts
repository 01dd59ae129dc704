import { takeAttempt, type TakenAttempt } from '#server/auth/attempts.ts';
import { asSystem } from '#server/db/database.ts';
import { listOrganisationsOfUser } from '#server/db/queries/organisations.ts';
import { isDeviceOf } from '#server/db/queries/users.ts';
import { AppError } from '#server/errors.ts';
import type { Visitor } from '../context.ts';
import { acceptInvitation } from '../team/invitation.ts';
import { beginSession, type Begun } from './begin-session.ts';

/** Counts an attempt to enter by a password: by the device where it is the account's own, by account and address elsewhere. */
export async function takeEntry({ db, from, tokens }: Visitor, email: string): Promise<TakenAttempt> {
  const { device } = tokens;
  const isOwn = device !== null && (await asSystem(db, (tx) => isDeviceOf(tx, device, email)));
  return takeAttempt(db, { email, address: from.ip, device: isOwn ? device : null });
}

/** Lets somebody in whose password was right: in the organisation of `invitation`, or the one that they joined last. */
export function enter(
  context: Visitor,
  user: { readonly id: string; readonly email: string },
  invitation: string | undefined,
): Promise<Begun> {
  return asSystem(context.db, async (tx) => {
    const orgId = invitation
      ? await acceptInvitation(tx, context, { userId: user.id, email: user.email }, invitation)
      : (await listOrganisationsOfUser(tx, user.id))[0]?.id;
    if (orgId === undefined) {
      throw new AppError(
        'FORBIDDEN',
        'This account belongs to no organisation any more. Open the link of an invitation to join one.',
      );
    }
    return beginSession(tx, context, user.id, orgId, 'session.began');
  });
}
