import { nameOrganisation, renameOrganisation as rename } from '#server/db/queries/organisations.ts';
import { act } from '../act/act.ts';
import type { Caller } from '../context.ts';

export function renameOrganisation(caller: Caller, { name }: { readonly name: string }): Promise<void> {
  return act(caller, 'owner.manage', async ({ tx, principal: { orgId }, happened, nothingHappened }) => {
    const before = (await nameOrganisation(tx, orgId)) ?? '';
    if (before === name) return nothingHappened();
    await rename(tx, orgId, name);
    happened('organisation.renamed', { orgId, before, name });
  });
}
