import type { UserId } from '#core/requests/ids.ts';
import { takeAttempt, type TakenAttempt } from '#server/auth/attempts.ts';
import { listOrganisationsOfUser } from '#server/db/queries/organisations.ts';
import { findUserByEmail, isDeviceOf } from '#server/db/queries/users.ts';
import { AppError } from '#server/errors.ts';
import { actAcross } from '../act/act.ts';
import { readAcross } from '../act/read.ts';
import { freely } from '../act/right.ts';
import type { Anonymous, Visitor } from '../context.ts';
import { acceptInvitation } from '../team/invitation.ts';
import { beginSession, type Begun } from './begin-session.ts';

export const ENTERS = freely('whoever enters shows a password, and has no organisation before');

/**
 * Counts an attempt to enter by a password: by the device where it is the account's own, by account and address
 * elsewhere.
 */
export async function takeEntry({ db, from, tokens }: Visitor, email: string): Promise<TakenAttempt> {
  const { device } = tokens;
  const isOwn = device !== null && (await readAcross(db, ENTERS, (tx) => isDeviceOf(tx, device, email)));
  return takeAttempt(db, { email, address: from.ip, device: isOwn ? device : null });
}

/** Lets somebody in whose password was right: in the organisation of `invitation`, or the one that they joined last. */
export function enter(
  context: Visitor,
  user: { readonly id: UserId; readonly email: string; readonly suspendedAt: Date | null },
  invitation: string | undefined,
): Promise<Begun> {
  if (user.suspendedAt)
    throw new AppError('FORBIDDEN', 'This account is suspended. Write to those who look after this installation.');
  return actAcross(context, ENTERS, async (unit) => {
    const orgId = invitation
      ? await acceptInvitation(unit, { userId: user.id, email: user.email }, invitation)
      : (await listOrganisationsOfUser(unit.tx, user.id))[0]?.id;
    if (orgId === undefined) {
      throw new AppError(
        'FORBIDDEN',
        'This account belongs to no organisation any more. Open the link of an invitation to join one.',
      );
    }
    return beginSession(unit, context, { userId: user.id, orgId }, 'session.began');
  });
}

/**
 * Tells the organisation of an account that somebody failed to enter as it. Nobody waits for this: it would show that
 * the account exists.
 */
export function recordFailedEntry(context: Anonymous, email: string): Promise<void> {
  return actAcross(context, freely('a stranger has no right to fail'), async (unit) => {
    const { tx } = unit;
    const user = await findUserByEmail(tx, email);
    const [organisation] = user ? await listOrganisationsOfUser(tx, user.id) : [];
    if (user && organisation)
      unit.happenedIn(organisation.id, { kind: 'stranger' }, 'session.failed', { userId: user.id });
    else unit.nothingHappened();
  });
}
