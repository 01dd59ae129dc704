import { findFormula } from '#server/db/queries/formulas.ts';
import { listDocuments as select } from '#server/db/queries/open-documents.ts';
import { AppError } from '#server/errors.ts';
import { act, type Unit } from '../act/act.ts';
import { read } from '../act/read.ts';
import type { Caller } from '../context.ts';
import { compactDocument } from './compact-document.ts';
import { rebaseDocument } from './rebase-document.ts';

/** The shared documents of the organisation: who is in them on which server, and what they weigh. */
export function listDocuments(caller: Caller) {
  const { orgId } = caller.principal;
  return read(caller, 'document.manage', async (tx) => {
    const rows = await select(tx, orgId);
    return rows.map((row) => ({ ...row, compactedAt: row.compactedAt?.getTime() ?? null }));
  });
}

export interface Managed {
  readonly formulaId: string;
}

/** Makes snapshot and updates one. Nobody who has it open notices. */
export function compact(caller: Caller, { formulaId }: Managed): Promise<void> {
  return manage(caller, formulaId, async ({ tx, happened }) => {
    await compactDocument(tx, formulaId);
    happened('document.compacted', { formulaId });
  });
}

/** Puts a fresh copy in the document's place: everybody in it goes over to that one, and can't undo what was before. */
export function rebase(caller: Caller, { formulaId }: Managed): Promise<{ epoch: number }> {
  return manage(caller, formulaId, async ({ tx, happened }) => {
    const epoch = await rebaseDocument(tx, formulaId);
    if (epoch === null) throw new AppError('NOT_FOUND', 'There is no such formula.');
    happened('document.rebased', { formulaId, epoch });
    return { epoch };
  });
}

function manage<T>(caller: Caller, formulaId: string, work: (unit: Unit) => Promise<T>): Promise<T> {
  return act(caller, 'document.manage', async (unit) => {
    if (!(await findFormula(unit.tx, unit.principal.orgId, formulaId)))
      throw new AppError('NOT_FOUND', 'There is no such formula.');
    return work(unit);
  });
}
