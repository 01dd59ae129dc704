import { AsyncLocalStorage } from 'node:async_hooks';
import type { FormulaId } from '#core/requests/ids.ts';
import { DOCUMENT_OF_CODE } from '#server/compute/formula/formula-tasks.ts';
import type { Tx } from '#server/db/database.ts';
import { loadStoredRows, lockStoredRows, type StoredRows } from '#server/db/queries/damaged-documents.ts';
import { loadDocument, sizeOfDocument, type StoredDocument } from '#server/db/queries/documents.ts';

/** Resolves once somebody has paid for the reading of so many bytes; throws when they can't. */
type Pay = (bytes: number) => Promise<void>;

const payer = new AsyncLocalStorage<Pay>();

/**
 * Whatever document `work` reads is paid for by `pay` before: so no procedure can forget to. What no person asks for is
 * not paid for.
 */
export const payingForLoads = <T>(pay: Pay, work: () => Promise<T>): Promise<T> => payer.run(pay, work);

/** For what somebody has read, or is about to have read, that is not the live document. */
export const payForBytes = async (bytes: number): Promise<void> => payer.getStore()?.(bytes);

/** For code of which a document will be made. */
export const payForText = (text: string): Promise<void> => payForBytes(DOCUMENT_OF_CODE * text.length);

/** The live document, paid for by its bytes before they are read. */
export async function loadPaid(tx: Tx, formulaId: FormulaId): Promise<StoredDocument | null> {
  await payForSize(tx, formulaId);
  return loadDocument(tx, formulaId);
}

/** What is stored of it as it is, paid for too. */
export async function loadRowsPaid(tx: Tx, formulaId: FormulaId): Promise<StoredRows> {
  await payForSize(tx, formulaId);
  return loadStoredRows(tx, formulaId);
}

/** The same, with the snapshot locked where there is one. */
export async function lockRowsPaid(tx: Tx, formulaId: FormulaId): Promise<StoredRows> {
  await payForSize(tx, formulaId);
  return lockStoredRows(tx, formulaId);
}

async function payForSize(tx: Tx, formulaId: FormulaId): Promise<void> {
  if (payer.getStore()) await payForBytes((await sizeOfDocument(tx, formulaId)) ?? 0);
}
