import { readAcross } from '../act/read.ts';
import { freely } from '../act/right.ts';
import type { Anonymous } from '../context.ts';
import { findOpenInvitation } from './invitation.ts';

/** What the holder of a link is invited to. */
export function previewInvitation({ db, now }: Anonymous, input: { readonly token: string }) {
  return readAcross(db, freely('the link gives the right'), async (tx) => {
    const { invitation, organisation, invitedBy, role } = await findOpenInvitation(tx, input.token, now);
    return { organisation, role, invitedBy, email: invitation.email };
  });
}
