import type { InvitationId } from '#core/requests/ids.ts';
import { createToken, hashToken } from '#server/auth/token.ts';
import { insertInvitation, markRevoked } from '#server/db/queries/invitations.ts';
import { AppError } from '#server/errors.ts';
import { isAtLeast, type Role } from '#server/policies/permissions.ts';
import type { Person } from '#server/policies/principal.ts';
import { act } from '../act/act.ts';
import type { Caller } from '../context.ts';
import { requireQuota } from '../quota.ts';

const VALID_FOR_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * Makes a link that lets its holder join, and sends a letter with another one where that is wished. The token in it is
 * told once, here; the database keeps its hash, and browsers send no server what stands behind `#`.
 */
export function inviteMember(
  caller: Caller<Person>,
  input: { readonly role: Role; readonly email?: string | undefined; readonly letter: boolean },
): Promise<{ id: InvitationId; path: string }> {
  const token = createToken();
  return act(caller, 'team.manage', async ({ tx, principal, now, happened }) => {
    if (input.letter && input.email === undefined)
      throw new AppError('INVALID', 'Give the address to which the letter goes.', { field: 'email' });
    if (!isAtLeast(principal.role, input.role))
      throw new AppError('FORBIDDEN', `As ${principal.role} you can't invite somebody as ${input.role}.`);
    await requireQuota(tx, principal.orgId, 'invitations');
    const id = await insertInvitation(tx, {
      orgId: principal.orgId,
      tokenHash: hashToken(token),
      email: input.email ?? null,
      role: input.role,
      createdBy: principal.userId,
      createdAt: now,
      expiresAt: new Date(now.getTime() + VALID_FOR_MS),
    });
    const { orgId, orgName: organisation, name: invitedBy } = principal;
    const facts = { invitationId: id, organisation, invitedBy, role: input.role };
    happened('invitation.created', {
      id,
      role: input.role,
      email: input.email ?? null,
      letters:
        input.letter && input.email !== undefined
          ? [{ orgId, kind: 'invitation', userId: null, address: input.email, facts }]
          : [],
    });
    return { id, path: `/join#${token}` };
  });
}

export function revokeInvitation(caller: Caller, input: { readonly id: InvitationId }): Promise<void> {
  return act(caller, 'team.manage', async ({ tx, principal, now, happened }) => {
    if (!(await markRevoked(tx, principal.orgId, input.id, now)))
      throw new AppError('NOT_FOUND', 'There is no open invitation like this: it was accepted or withdrawn.');
    happened('invitation.revoked', { id: input.id });
  });
}
