import { setImmediate as immediate } from 'node:timers/promises';
import * as Y from 'yjs';
import { FIRST_EPOCH, firstClient } from '#collab/epoch.ts';
import { fillDocument } from '#collab/fill.ts';
import { check } from '#core/formula/check/check.ts';
import { toJson } from '#core/formula/json/json.ts';
import { contentHash } from '#core/formula/language/hash.ts';
import { print } from '#core/formula/language/print.ts';
import type { Diagnostic } from '#core/formula/model/diagnostic.ts';
import type { Formula } from '#core/formula/model/formula.ts';
import type { Tx } from '#server/db/database.ts';
import { loadPaid } from './pay-for-loads.ts';
import { readFormula, readStored } from './read-stored.ts';

/** The state of a fresh shared document that holds this formula, which will have the id `formulaId`. */
export function newDocument(formulaId: string, formula: Formula, title: string, epoch = FIRST_EPOCH): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = firstClient(formulaId, epoch);
  fillDocument(doc, formula, title, epoch);
  const state = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return state;
}

/** A formula as it is in the shared document at this moment, in every form in which a version keeps it. */
export interface Draft {
  readonly formula: Formula;
  readonly code: string;
  /** Canonical JSON. */
  readonly json: string;
  readonly contentHash: string;
  /** What keeps it from running; a version may be saved all the same. */
  readonly errors: readonly Diagnostic[];
  readonly state: Uint8Array;
}

/** Null when the formula has no document. What the realtime server has acknowledged is committed, so the database has all of it. */
export async function loadDraft(tx: Tx, formulaId: string): Promise<Draft | null> {
  const read = await readDocument(tx, formulaId, (doc) => ({
    formula: readFormula(doc),
    state: Y.encodeStateAsUpdate(doc),
  }));
  return read && describe(read.formula, read.state);
}

/** As `loadDraft`, without what only versions need. */
export const loadFormula = (tx: Tx, formulaId: string): Promise<Formula | null> =>
  readDocument(tx, formulaId, readFormula);

async function readDocument<T>(tx: Tx, formulaId: string, read: (doc: Y.Doc) => T): Promise<T | null> {
  const stored = await loadPaid(tx, formulaId);
  if (!stored) return null;
  const doc = readStored(stored);
  await immediate();
  const result = read(doc);
  doc.destroy();
  return result;
}

/** Each form in a turn of its own: of the largest formula one takes up to 50 ms, and others wait for one alone. */
async function describe(formula: Formula, state: Uint8Array): Promise<Draft> {
  await immediate();
  const code = print(formula);
  await immediate();
  const json = toJson(formula);
  await immediate();
  const hash = contentHash(formula);
  await immediate();
  const { diagnostics } = check(formula);
  return {
    formula,
    code,
    json,
    contentHash: hash,
    errors: diagnostics.filter((diagnostic) => diagnostic.severity === 'error'),
    state,
  };
}
