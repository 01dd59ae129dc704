import type { UserId } from '#core/requests/ids.ts';
import { findRole, updateRole } from '#server/db/queries/organisations.ts';
import { requireRotation } from '#server/db/queries/sessions.ts';
import { AppError } from '#server/errors.ts';
import { act } from '../act/act.ts';
import { read } from '../act/read.ts';
import { confirmPassword, type Confirming } from '../session/confirm-password.ts';

const nobody = () => new AppError('NOT_FOUND', 'There is no such member.');

/**
 * Makes another member the owner in one's own place; whoever gives it stays as an admin. Both are told. Other owners
 * stay owners. The password is asked for again: an organisation that was given away can't be taken back.
 */
export async function transferOwnership(
  caller: Confirming,
  { userId, password }: { readonly userId: UserId; readonly password: string },
): Promise<void> {
  const { orgId } = caller.principal;
  const isMember = await read(caller, 'owner.manage', async (tx) => (await findRole(tx, orgId, userId)) !== null);
  if (!isMember) throw nobody();
  await confirmPassword(caller, password);
  await act(caller, 'owner.manage', async ({ tx, principal, now, happened }) => {
    const { userId: self } = principal;
    if (userId === self) throw new AppError('INVALID', 'You are the owner already. Choose another member.');
    // They may have left while the password was checked.
    if ((await findRole(tx, orgId, userId)) === null) throw nobody();
    await updateRole(tx, orgId, userId, 'owner');
    await updateRole(tx, orgId, self, 'admin');
    for (const one of [userId, self]) await requireRotation(tx, orgId, one);
    happened('organisation.transferred', { from: self, to: userId, at: now });
  });
}
