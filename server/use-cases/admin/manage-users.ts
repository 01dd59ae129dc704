import type { UserId } from '#core/requests/ids.ts';
import {
  listUsers as list,
  lockPlatformAdmins,
  lockUser,
  setPlatformAdmin,
  setSuspension,
} from '#server/db/queries/admin.ts';
import type { Page } from '#server/db/queries/keyset.ts';
import { deleteSessionsOfUser } from '#server/db/queries/sessions.ts';
import { AppError } from '#server/errors.ts';
import type { Person } from '#server/policies/principal.ts';
import type { WideUnit } from '../act/act.ts';
import type { Caller } from '../context.ts';
import { actAsAdmin, readAsAdmin } from './as-admin.ts';

const wordsOf = (search: string): readonly string[] => search.split(/\s+/).filter((word) => word !== '');

export async function listUsers(
  caller: Caller<Person>,
  { search, suspended, ...page }: Page & { readonly search: string; readonly suspended: boolean },
) {
  const rows = await readAsAdmin(caller, (tx) => list(tx, { words: wordsOf(search), suspended, ...page }));
  return rows.map(({ createdAt, suspendedAt, ...row }) => ({
    ...row,
    /** As `cursor` names it. */
    at: createdAt.getTime(),
    suspendedAt: suspendedAt?.getTime() ?? null,
  }));
}

interface Of {
  readonly userId: UserId;
}

const known = async ({ tx }: WideUnit, userId: UserId) => {
  const user = await lockUser(tx, userId);
  if (!user) throw new AppError('NOT_FOUND', 'There is no such account.');
  return user;
};

/** Ends every session of a person at once, also open sockets, and lets them in no more until they are restored. */
export function suspendUser(caller: Caller<Person>, { userId, reason }: Of & { readonly reason: string }) {
  return actAsAdmin(caller, async (unit) => {
    if (userId === caller.principal.userId) throw new AppError('INVALID', 'You can’t suspend yourself.');
    const user = await known(unit, userId);
    if (user.isPlatformAdmin)
      throw new AppError('CONFLICT', 'They look after the installation. Take that from them first.');
    if (user.suspendedAt) return unit.nothingHappened();
    await setSuspension(unit.tx, userId, { at: unit.now, reason });
    await deleteSessionsOfUser(unit.tx, userId);
    unit.happenedIn(null, caller.principal, 'admin.user_suspended', { userId, reason });
  });
}

export function restoreUser(caller: Caller<Person>, { userId }: Of): Promise<void> {
  return actAsAdmin(caller, async (unit) => {
    const { suspendedAt, suspendedFor } = await known(unit, userId);
    if (!suspendedAt) return unit.nothingHappened();
    await setSuspension(unit.tx, userId, null);
    unit.happenedIn(null, caller.principal, 'admin.user_restored', { userId, reason: suspendedFor });
  });
}

/** Ends every session of a person; they may sign in again. */
export function signOutUser(caller: Caller<Person>, { userId }: Of): Promise<void> {
  return actAsAdmin(caller, async (unit) => {
    await known(unit, userId);
    await deleteSessionsOfUser(unit.tx, userId);
    unit.happenedIn(null, caller.principal, 'admin.user_signed_out', { userId });
  });
}

/** Gives or takes the role of the installation. Somebody always has it. */
export function setAdmin(caller: Caller<Person>, { userId, admin }: Of & { readonly admin: boolean }): Promise<void> {
  return actAsAdmin(caller, async (unit) => {
    const admins = await lockPlatformAdmins(unit.tx);
    const user = await known(unit, userId);
    if (user.isPlatformAdmin === admin) return unit.nothingHappened();
    if (admin && user.suspendedAt) throw new AppError('CONFLICT', 'This account is suspended. Restore it first.');
    if (!admin && admins.every((id) => id === userId))
      throw new AppError('CONFLICT', 'Nobody else looks after the installation. Appoint somebody first.');
    await setPlatformAdmin(unit.tx, [userId], admin);
    unit.happenedIn(null, caller.principal, admin ? 'admin.appointed' : 'admin.dismissed', { userId });
  });
}
