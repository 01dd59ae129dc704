import { createToken, hashToken } from '#server/auth/token.ts';
import { insertInvitation } from '#server/db/queries/invitations.ts';
import { AppError } from '#server/errors.ts';
import { appendEvent } from '#server/live/append-event.ts';
import { isAtLeast, type Role } from '#server/policies/permissions.ts';
import { recordAct } from '../audit.ts';
import type { Caller } from '../context.ts';
import { inLockedOrganisation } from '../in-locked-organisation.ts';
import { requireQuota } from '../quota.ts';

const VALID_FOR_MS = 7 * 24 * 60 * 60 * 1000;

/** Makes a link that lets its holder join. The token in it is told once, here; the database keeps its hash, and browsers send no server what stands behind `#`. */
export function inviteMember(
  caller: Caller,
  input: { readonly role: Role; readonly email?: string | undefined },
): Promise<{ id: string; path: string }> {
  const { now } = caller;
  const token = createToken();
  return inLockedOrganisation(caller, 'team.manage', async (tx, actor) => {
    if (!isAtLeast(actor.role, input.role))
      throw new AppError('FORBIDDEN', `As ${actor.role} you can't invite somebody as ${input.role}.`);
    await requireQuota(tx, actor.orgId, 'invitations');
    const id = await insertInvitation(tx, {
      orgId: actor.orgId,
      tokenHash: hashToken(token),
      email: input.email ?? null,
      role: input.role,
      createdBy: actor.userId,
      createdAt: now,
      expiresAt: new Date(now.getTime() + VALID_FOR_MS),
    });
    await recordAct(tx, caller, {
      action: 'invitation.created',
      entity: 'invitation',
      entityId: id,
      difference: { role: [null, input.role], email: [null, input.email ?? null] },
    });
    await appendEvent(tx, actor.orgId, { kind: 'team.changed', payload: {} });
    return { id, path: `/join#${token}` };
  });
}
