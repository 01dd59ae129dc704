import { setImmediate as immediate } from 'node:timers/promises';
import * as Y from 'yjs';
import { FIRST_EPOCH, firstClient } from '#collab/epoch.ts';
import { fillDocument } from '#collab/fill.ts';
import type { Formula } from '#core/formula/model/formula.ts';
import type { Draft } from '#server/compute/formula/formula-tasks.ts';
import { readFormula, readStored } from '#server/compute/formula/read-stored.ts';
import type { Tx } from '#server/db/database.ts';
import type { StoredDocument } from '#server/db/queries/documents.ts';
import { findFormula } from '#server/db/queries/formulas.ts';
import { read } from '../act/read.ts';
import type { Right } from '../act/right.ts';
import type { Caller, Reader } from '../context.ts';
import { loadPaid } from './pay-for-loads.ts';

/** The state of a fresh shared document that holds this formula, which will have the id `formulaId`. */
export function newDocument(formulaId: string, formula: Formula, title: string, epoch = FIRST_EPOCH): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = firstClient(formulaId, epoch);
  fillDocument(doc, formula, title, epoch);
  const state = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return state;
}

/**
 * The formula as it is in the shared document at this moment; null when there is none. What the realtime server has
 * acknowledged is committed, so the database has all of it. Before the act that takes it: while a formula is read,
 * nothing is locked and no connection is held.
 */
export async function readDraft(caller: Reader, right: Right, formulaId: string): Promise<Draft | null> {
  const stored = await readLive(caller, right, formulaId);
  return stored && caller.formulas(caller.principal.orgId, 'draft', { updates: stored.updates });
}

/** What is stored of the live document, paid for; null when there is no such formula. */
export function readLive(caller: Caller, right: Right, formulaId: string): Promise<StoredDocument | null> {
  const { orgId } = caller.principal;
  return read(caller, right, async (tx) =>
    (await findFormula(tx, orgId, formulaId)) ? loadPaid(tx, formulaId) : null,
  );
}

/** As `readDraft`, in a transaction that must see what is there and nothing newer. */
export async function loadDraft(
  tx: Tx,
  { formulas, principal }: Pick<Reader, 'formulas' | 'principal'>,
  formulaId: string,
): Promise<Draft | null> {
  const stored = await loadPaid(tx, formulaId);
  return stored && formulas(principal.orgId, 'draft', { updates: stored.updates });
}

/** The formula alone. */
export async function loadFormula(tx: Tx, formulaId: string): Promise<Formula | null> {
  const stored = await loadPaid(tx, formulaId);
  if (!stored) return null;
  const doc = readStored(stored);
  await immediate();
  const formula = readFormula(doc);
  doc.destroy();
  return formula;
}
