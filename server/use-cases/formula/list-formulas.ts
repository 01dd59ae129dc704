import { listFormulas as select } from '#server/db/queries/formulas.ts';
import type { Page } from '#server/db/queries/keyset.ts';
import { read } from '../act/read.ts';
import type { Caller } from '../context.ts';

export function listFormulas(caller: Caller, wanted: Page & { readonly archived: boolean }) {
  const { orgId } = caller.principal;
  return read(caller, 'org.read', async (tx) => {
    const rows = await select(tx, orgId, wanted);
    return rows.map(({ lastBacktest, ...row }) => ({
      ...row,
      updatedAt: row.updatedAt.getTime(),
      lastBacktest: lastBacktest && { ...lastBacktest, queuedAt: lastBacktest.queuedAt.getTime() },
    }));
  });
}
