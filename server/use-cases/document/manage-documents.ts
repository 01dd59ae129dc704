import type { FormulaId } from '#core/requests/ids.ts';
import { findFormula } from '#server/db/queries/formulas.ts';
import { listDocuments as select } from '#server/db/queries/open-documents.ts';
import { AppError } from '#server/errors.ts';
import { act, type Unit } from '../act/act.ts';
import { read } from '../act/read.ts';
import type { Caller, Reader } from '../context.ts';
import type { Tending } from './change-live.ts';
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
  readonly formulaId: FormulaId;
}

/** Makes snapshot and updates one. Nobody who has it open notices. */
export async function compact(caller: Reader, managed: Managed): Promise<void> {
  await compactDocument(
    await tending(caller, managed, ({ happened }) => happened('document.compacted', { formulaId: managed.formulaId })),
  );
}

/** Puts a fresh copy in the document's place: everybody in it goes over to that one, and can't undo what was before. */
export async function rebase(caller: Reader, managed: Managed): Promise<{ epoch: number }> {
  const { formulaId } = managed;
  const epoch = await rebaseDocument(
    await tending(caller, managed, ({ happened }, next) => happened('document.rebased', { formulaId, epoch: next })),
  );
  if (epoch === null) throw noFormula();
  return { epoch };
}

async function tending(caller: Reader, { formulaId }: Managed, done: Tending<Unit>['done']): Promise<Tending<Unit>> {
  const { orgId } = caller.principal;
  const isThere = await read(caller, 'document.manage', (tx) => findFormula(tx, orgId, formulaId));
  if (!isThere) throw noFormula();
  return {
    orgId,
    formulaId,
    formulas: caller.formulas,
    transact: (work) => act(caller, 'document.manage', work),
    done,
  };
}

const noFormula = (): AppError => new AppError('NOT_FOUND', 'There is no such strategy.');
