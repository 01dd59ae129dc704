import { asSystem } from '#server/db/database.ts';
import { switchSession } from '#server/db/queries/sessions.ts';
import type { Caller } from '../context.ts';
import { acceptInvitation } from './invitation.ts';

/** Accepts an invitation as somebody who has an account, and goes on working in that organisation. */
export function joinOrganisation(caller: Caller, input: { readonly token: string }): Promise<{ orgId: string }> {
  const { db, actor } = caller;
  return asSystem(db, async (tx) => {
    const orgId = await acceptInvitation(tx, caller, actor, input.token);
    await switchSession(tx, actor.sessionId, orgId);
    return { orgId };
  });
}
