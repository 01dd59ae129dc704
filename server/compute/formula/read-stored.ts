import * as Y from 'yjs';
import { BOUNDS } from '#collab/bounds.ts';
import { isIncomplete } from '#collab/salvage.ts';
import { addWeights, NO_WEIGHT, weightOf, type Weight } from '#collab/scan-update.ts';
import { toFormula } from '#collab/to-formula.ts';
import type { Formula } from '#core/formula/model/formula.ts';
import type { StoredDocument } from '#server/db/queries/documents.ts';
import { AppError, isAppError } from '#server/errors.ts';

const UNREADABLE =
  'What is stored of this strategy is damaged. Open the strategy in the builder: it offers what can be read of it, and its last good version.';

export const unreadable = (cause: unknown): AppError => new AppError('UNREADABLE', UNREADABLE, undefined, { cause });

/** What `read` returns; `UNREADABLE` for whatever else it throws. */
export function orUnreadable<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw isAppError(error) ? error : unreadable(error);
  }
}

/** `UNREADABLE` for what would take all others' turns and memory to read. Nobody of ours can write such a document. */
export function requireOpenable({ pieces, values }: Weight): void {
  if (pieces > BOUNDS.piecesToOpen || values > BOUNDS.valuesToOpen)
    throw unreadable(new Error(`The document has ${pieces} pieces and ${values} values in lists.`));
}

/** The document that is stored so, in memory: destroy it after use. `UNREADABLE` when it is not whole. */
export function readStored({ updates }: Pick<StoredDocument, 'updates'>): Y.Doc {
  requireOpenable(updates.reduce((sum, update) => addWeights(sum, weightOf(update) ?? NO_WEIGHT), NO_WEIGHT));
  const doc = new Y.Doc();
  return orUnreadable(() => {
    doc.transact(() => updates.forEach((update) => Y.applyUpdate(doc, update, 'database')));
    if (isIncomplete(doc)) throw new Error('A part of the document is not there.');
    return doc;
  });
}

/** What a stored document says. */
export const readFormula = (doc: Y.Doc): Formula => orUnreadable(() => toFormula(doc).formula);
