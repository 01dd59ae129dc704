import type { OrgId } from '#core/requests/ids.ts';
import { listOrganisations as list, lockExceptions, setExceptions as store } from '#server/db/queries/admin.ts';
import type { Page } from '#server/db/queries/keyset.ts';
import { AppError } from '#server/errors.ts';
import type { Person } from '#server/policies/principal.ts';
import { settlePlan } from '../billing/settle-plan.ts';
import type { Caller } from '../context.ts';
import { actAsAdmin, readAsAdmin } from './as-admin.ts';

export async function listOrganisations(
  caller: Caller<Person>,
  { search, ...page }: Page & { readonly search: string },
) {
  const words = search.split(/\s+/).filter((word) => word !== '');
  const rows = await readAsAdmin(caller, (tx) => list(tx, { words, ...page }));
  return rows.map(({ createdAt, deleteAfter, own, ...row }) => ({
    ...row,
    at: createdAt.getTime(),
    deleteAfter: deleteAfter?.getTime() ?? null,
    exceptions: Object.entries(own ?? {}).flatMap(([name, value]) =>
      typeof value === 'number' ? [{ name, value }] : [],
    ),
  }));
}

interface Exception {
  readonly name: string;
  readonly value: number;
}

/** What an organisation may do beyond its plan, or short of it: these exceptions and no others. */
export function setExceptions(
  caller: Caller<Person>,
  { orgId, exceptions }: { readonly orgId: OrgId; readonly exceptions: readonly Exception[] },
): Promise<void> {
  return actAsAdmin(caller, async (unit) => {
    const found = await lockExceptions(unit.tx, orgId);
    if (!found) throw new AppError('NOT_FOUND', 'There is no such organisation.');
    // What is allowed or not, beside how many, stays as it is.
    const kept = Object.entries(found.own ?? {}).filter(([, value]) => typeof value === 'boolean');
    const all = [...kept, ...exceptions.map(({ name, value }): [string, number] => [name, value])];
    const after = all.length === 0 ? null : Object.fromEntries(all);
    await store(unit.tx, orgId, after);
    await settlePlan(unit, orgId, caller.principal);
    unit.happenedIn(null, caller.principal, 'admin.exceptions_set', { orgId, before: found.own, after });
  });
}
