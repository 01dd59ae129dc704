import * as Y from 'yjs';
import { toFormula } from '#collab/to-formula.ts';
import { writeEdits } from '#collab/write-edits.ts';
import { editsBetween } from '#core/formula/change/apply-edits.ts';
import { reconcile } from '#core/formula/change/reconcile.ts';
import { parse } from '#core/formula/language/parse.ts';

/** The update that makes a stored document say what `code` says, node by node, as the code pane does. */
export function draftAfter(updates: readonly Uint8Array[], code: string): Uint8Array {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  const { formula } = toFormula(doc);
  const made: Uint8Array[] = [];
  doc.on('update', (bytes: Uint8Array) => made.push(bytes));
  writeEdits(
    doc,
    editsBetween(
      formula,
      reconcile(formula, parse(code).formula, () => crypto.randomUUID()),
    ),
    null,
  );
  doc.destroy();
  return Y.mergeUpdates(made);
}
