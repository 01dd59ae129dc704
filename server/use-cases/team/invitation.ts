import type { OrgId, UserId } from '#core/requests/ids.ts';
import { hashToken } from '#server/auth/token.ts';
import type { Tx } from '#server/db/database.ts';
import { findInvitationByToken, markAccepted } from '#server/db/queries/invitations.ts';
import { findRole, insertMembership, lockOrganisation } from '#server/db/queries/organisations.ts';
import { AppError } from '#server/errors.ts';
import type { WideUnit } from '../act/act.ts';
import { requireQuota } from '../quota.ts';
import { roleOfLink } from './membership.ts';

/**
 * The invitation of a link, if it can still be accepted, with the role that it gives now. Takes a transaction that may
 * see all organisations.
 */
export async function findOpenInvitation(tx: Tx, token: string, now: Date) {
  const found = await findInvitationByToken(tx, hashToken(token));
  const role = found && roleOfLink(found.makersRole, found.invitation.role);
  if (!found || found.invitation.revokedAt || (!role && !found.invitation.acceptedAt))
    throw new AppError('NOT_FOUND', 'This invitation does not exist, or it was withdrawn. Ask for a new link.');
  if (found.invitation.acceptedAt || !role)
    throw new AppError('CONFLICT', 'This invitation has been used already. Ask for a new link.');
  if (found.invitation.expiresAt <= now)
    throw new AppError('CONFLICT', 'This invitation has expired. Ask for a new link.');
  return { ...found, role };
}

/** As `findOpenInvitation`, for the owner of an address. */
export async function findInvitationFor(tx: Tx, email: string, token: string, now: Date) {
  const found = await findOpenInvitation(tx, token, now);
  if (found.invitation.email && found.invitation.email.toLowerCase() !== email.toLowerCase()) {
    throw new AppError(
      'FORBIDDEN',
      'This invitation is for another address. Sign in with that one, or ask for a new link.',
    );
  }
  return found;
}

/**
 * Makes the person a member as the invitation says and returns the organisation. A member already keeps their role and
 * the link its use.
 */
export async function acceptInvitation(
  unit: WideUnit,
  person: { readonly userId: UserId; readonly email: string; readonly sessionId?: string },
  token: string,
): Promise<OrgId> {
  const { tx, now } = unit;
  const { orgId } = (await findInvitationFor(tx, person.email, token, now)).invitation;
  await lockOrganisation(tx, orgId);
  // Under the lock: the maker may have lost their role meanwhile, or somebody else was faster.
  const { invitation, role } = await findInvitationFor(tx, person.email, token, now);
  if ((await findRole(tx, orgId, person.userId)) !== null) return orgId;
  await requireQuota(tx, orgId, 'members');
  await insertMembership(tx, { orgId, userId: person.userId, role });
  await markAccepted(tx, invitation.id, person.userId, now);
  unit.happenedIn(orgId, { ...person, kind: 'person' }, 'member.joined', {
    userId: person.userId,
    role,
    invitation: { id: invitation.id, createdBy: invitation.createdBy },
  });
  return orgId;
}
