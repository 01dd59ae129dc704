import { withOrg } from '#server/db/database.ts';
import { markRevoked } from '#server/db/queries/invitations.ts';
import { AppError } from '#server/errors.ts';
import { appendEvent } from '#server/live/append-event.ts';
import { requirePermission } from '#server/policies/permissions.ts';
import { recordAct } from '../audit.ts';
import type { Caller } from '../context.ts';

export function revokeInvitation(caller: Caller, input: { readonly id: string }): Promise<void> {
  const { db, actor, now } = caller;
  requirePermission(actor, 'team.manage');
  return withOrg(db, actor.orgId, async (tx) => {
    if (!(await markRevoked(tx, actor.orgId, input.id, now))) throw new AppError('NOT_FOUND', 'There is no open invitation like this: it was accepted or withdrawn.');
    await recordAct(tx, caller, { action: 'invitation.revoked', entity: 'invitation', entityId: input.id });
    await appendEvent(tx, actor.orgId, { kind: 'team.changed', payload: {} });
  });
}
