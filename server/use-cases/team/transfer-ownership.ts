import type { UserId } from '#core/requests/ids.ts';
import { findMember, updateRole } from '#server/db/queries/organisations.ts';
import { requireRotation } from '#server/db/queries/sessions.ts';
import { AppError } from '#server/errors.ts';
import type { Person } from '#server/policies/principal.ts';
import { letterTo } from '../account/letter-to.ts';
import { act } from '../act/act.ts';
import type { Caller } from '../context.ts';

/**
 * Makes another member the owner in one's own place; whoever gives it stays as an admin. Both are told, here and by
 * letter. Other owners stay owners. An organisation that was given away can't be taken back.
 */
export async function transferOwnership(
  caller: Caller<Person>,
  { userId }: { readonly userId: UserId },
): Promise<void> {
  await act(caller, 'owner.manage', async ({ tx, principal, now, happened }) => {
    const { orgId, userId: self, orgName: organisation } = principal;
    if (userId === self) throw new AppError('INVALID', 'You are the owner already. Choose another member.');
    const member = await findMember(tx, orgId, userId);
    if (!member) throw new AppError('NOT_FOUND', 'There is no such member.');
    await updateRole(tx, orgId, userId, 'owner');
    await updateRole(tx, orgId, self, 'admin');
    for (const one of [userId, self]) await requireRotation(tx, orgId, one);
    const facts = { organisation, what: `${principal.name} → ${member.name}` };
    const letters = [
      letterTo({ userId, email: member.email }, 'ownership-received', caller, facts),
      letterTo(principal, 'ownership-given', caller, facts),
    ].map((letter) => ({ ...letter, orgId }));
    happened('organisation.transferred', { from: self, to: userId, at: now, letters });
  });
}
