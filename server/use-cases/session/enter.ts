import type { UserId } from '#core/requests/ids.ts';
import { takeAttempt, type TakenAttempt } from '#server/auth/attempts.ts';
import { createToken, hashToken } from '#server/auth/token.ts';
import { listOrganisationsOfUser } from '#server/db/queries/organisations.ts';
import { findSeed, insertCeremony, listPasskeys } from '#server/db/queries/second-factors.ts';
import { findUserByEmail, isDeviceOf } from '#server/db/queries/users.ts';
import { AppError } from '#server/errors.ts';
import { sayOfAccount } from '../account/say-of-account.ts';
import { actAcross, type WideUnit } from '../act/act.ts';
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

/** How an attempt to enter ends well: with a session, or with the question for a second factor. */
export type Entered =
  | { readonly kind: 'in'; readonly begun: Begun }
  | { readonly kind: 'second-factor'; readonly ticket: string; readonly ways: Ways };

/** By which second factors an account is entered. A recovery code always is one. */
export interface Ways {
  readonly code: boolean;
  readonly passkey: boolean;
}

export interface Entering {
  readonly id: UserId;
  readonly email: string;
  readonly secondFactorSince: Date | null;
  readonly suspendedAt: Date | null;
}

function requireNotSuspended({ suspendedAt }: Pick<Entering, 'suspendedAt'>): void {
  if (suspendedAt)
    throw new AppError('FORBIDDEN', 'This account is suspended. Write to those who look after this installation.');
}

/**
 * Lets somebody in whose password was right: in the organisation of `invitation`, or the one that they joined last. Of
 * an account with a second factor nobody gets in by a password: they get a ticket to show it with.
 */
export function enter(context: Visitor, user: Entering, invitation: string | undefined): Promise<Entered> {
  requireNotSuspended(user);
  return actAcross(context, ENTERS, async (unit) => {
    if (user.secondFactorSince === null) return { kind: 'in', begun: await letIn(unit, context, user, invitation) };
    const { tx } = unit;
    const ticket = createToken();
    unit.nothingHappened();
    await insertCeremony(tx, {
      id: hashToken(ticket),
      kind: 'second-factor',
      userId: user.id,
      facts: invitation === undefined ? {} : { invitation },
    });
    const ways = {
      code: Boolean((await findSeed(tx, user.id))?.confirmedAt),
      passkey: (await listPasskeys(tx, user.id)).length > 0,
    };
    return { kind: 'second-factor', ticket, ways };
  });
}

/** Starts the session of somebody who has shown all that their account asks for. */
export async function letIn(
  unit: WideUnit,
  context: Visitor,
  user: Omit<Entering, 'secondFactorSince'>,
  invitation: string | undefined,
): Promise<Begun> {
  requireNotSuspended(user);
  const orgId = invitation
    ? await acceptInvitation(unit, { userId: user.id, email: user.email }, invitation)
    : (await listOrganisationsOfUser(unit.tx, user.id))[0]?.id;
  if (orgId === undefined) {
    throw new AppError(
      'FORBIDDEN',
      'This account belongs to no organisation any more. Open the link of an invitation to join one.',
    );
  }
  return beginSession(unit, context, { userId: user.id, email: user.email, orgId }, 'session.began');
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

/** Tells the organisation of an account that its password was right, and the second factor was not. */
export function recordFailedFactor(context: Anonymous, userId: UserId): Promise<void> {
  return actAcross(context, ENTERS, (unit) =>
    sayOfAccount(unit, { kind: 'stranger' }, 'account.second_factor_failed', { userId }),
  );
}
