import { markRevoked } from '#server/db/queries/invitations.ts';
import { AppError } from '#server/errors.ts';
import { appendEvent } from '#server/live/append-event.ts';
import { recordAct } from '../audit.ts';
import type { Caller } from '../context.ts';
import { inLockedOrganisation } from '../in-locked-organisation.ts';

export function revokeInvitation(caller: Caller, input: { readonly id: string }): Promise<void> {
  return inLockedOrganisation(caller, 'team.manage', async (tx, actor) => {
    if (!(await markRevoked(tx, actor.orgId, input.id, caller.now)))
      throw new AppError('NOT_FOUND', 'There is no open invitation like this: it was accepted or withdrawn.');
    await recordAct(tx, caller, { action: 'invitation.revoked', entity: 'invitation', entityId: input.id });
    await appendEvent(tx, actor.orgId, { kind: 'team.changed', payload: {} });
  });
}
