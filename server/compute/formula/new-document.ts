import * as Y from 'yjs';
import { FIRST_EPOCH, firstClient } from '#collab/epoch.ts';
import { fillDocument } from '#collab/fill.ts';
import type { Formula } from '#core/formula/model/formula.ts';
import type { FormulaId } from '#core/requests/ids.ts';

/** The state of a fresh shared document that holds this formula, which will have the id `formulaId`. */
export function newDocument(formulaId: FormulaId, formula: Formula, title: string, epoch = FIRST_EPOCH): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = firstClient(formulaId, epoch);
  fillDocument(doc, formula, title, epoch);
  const state = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return state;
}
