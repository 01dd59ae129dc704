import type { Database } from '#server/db/database.ts';
import {
  deleteOrganisation as remove,
  findDeletion,
  nameOrganisation,
  setDeletion,
  takeDueOrganisation,
} from '#server/db/queries/organisations.ts';
import { AppError } from '#server/errors.ts';
import { act, actAcross } from '../act/act.ts';
import { freely } from '../act/right.ts';
import { NOWHERE, type Caller } from '../context.ts';

/** How long an owner can still keep an organisation that is to be deleted. */
const GRACE_DAYS = 14;
const DAY_MS = 24 * 60 * 60_000;

/**
 * Has the organisation deleted with all that it has, in `GRACE_DAYS`. Until then everything works as before, everybody
 * sees the date, and any owner may keep it. `name` is typed by hand: whoever has several sees which one it is.
 */
export async function deleteOrganisation(
  caller: Caller,
  { name }: { readonly name: string },
): Promise<{ deleteAfter: number }> {
  return act(caller, 'owner.manage', async ({ tx, principal: { orgId }, now, happened, nothingHappened }) => {
    if ((await nameOrganisation(tx, orgId)) !== name)
      throw new AppError('INVALID', 'This is not the name of the organisation. Type it as it stands above.', {
        field: 'name',
      });
    const before = await findDeletion(tx, orgId);
    if (before) {
      nothingHappened();
      return { deleteAfter: before.getTime() };
    }
    const after = new Date(now.getTime() + GRACE_DAYS * DAY_MS);
    await setDeletion(tx, orgId, after);
    happened('organisation.deletion', { orgId, before, after });
    return { deleteAfter: after.getTime() };
  });
}

/** Takes the wish to delete the organisation back. */
export function keepOrganisation(caller: Caller): Promise<void> {
  return act(caller, 'owner.manage', async ({ tx, principal: { orgId }, happened, nothingHappened }) => {
    const before = await findDeletion(tx, orgId);
    if (!before) return nothingHappened();
    await setDeletion(tx, orgId, null);
    happened('organisation.deletion', { orgId, before, after: null });
  });
}

/** Deletes each organisation whose time has come, one a transaction. That it was there is kept by the installation. */
export async function deleteDueOrganisations(db: Database, now: Date): Promise<void> {
  const deleteOne = (): Promise<boolean> =>
    actAcross({ db, now, from: NOWHERE }, freely('an owner asked for it'), async (unit) => {
      const due = await takeDueOrganisation(unit.tx, now);
      if (!due) {
        unit.nothingHappened();
        return false;
      }
      await remove(unit.tx, due.orgId);
      const by = { kind: 'system', task: 'delete-organisations', orgId: due.orgId } as const;
      unit.happenedIn(null, by, 'organisation.deleted', due);
      return true;
    });
  while (await deleteOne());
}
