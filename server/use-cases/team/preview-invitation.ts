import { asSystem } from '#server/db/database.ts';
import type { Anonymous } from '../context.ts';
import { findOpenInvitation } from './invitation.ts';

/** What the holder of a link is invited to. */
export function previewInvitation({ db, now }: Anonymous, input: { readonly token: string }) {
  return asSystem(db, async (tx) => {
    const { invitation, organisation, invitedBy, role } = await findOpenInvitation(tx, input.token, now);
    return { organisation, role, invitedBy, email: invitation.email };
  });
}
