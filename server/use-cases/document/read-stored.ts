import * as Y from 'yjs';
import type { StoredDocument } from '#server/db/queries/documents.ts';

/** The document that is stored so, in memory: destroy it after use. */
export function readStored({ updates }: Pick<StoredDocument, 'updates'>): Y.Doc {
  const doc = new Y.Doc();
  doc.transact(() => updates.forEach((update) => Y.applyUpdate(doc, update, 'database')));
  return doc;
}
