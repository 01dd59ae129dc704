import type { InvitationId } from '#core/requests/ids.ts';
import { markRevoked } from '#server/db/queries/invitations.ts';
import { AppError } from '#server/errors.ts';
import { act } from '../act/act.ts';
import type { Caller } from '../context.ts';

export function revokeInvitation(caller: Caller, input: { readonly id: InvitationId }): Promise<void> {
  return act(caller, 'team.manage', async ({ tx, principal, now, happened }) => {
    if (!(await markRevoked(tx, principal.orgId, input.id, now)))
      throw new AppError('NOT_FOUND', 'There is no open invitation like this: it was accepted or withdrawn.');
    happened('invitation.revoked', { id: input.id });
  });
}
