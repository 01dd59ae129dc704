import postgres from 'postgres';
import * as Y from 'yjs';
import { asSystem, withOrg, type Database } from '#server/db/database.ts';
import { loadDocument, type StoredDocument } from '#server/db/queries/documents.ts';
import { appendUpdates, lockDocument, organisationOfDocument, readUpdatesAfter, replaceSnapshot, type NewUpdate } from '#server/db/queries/document-updates.ts';

const UNIQUE_VIOLATION = '23505';

/** Thrown when the formula was removed while people had it open. */
export class DocumentGone extends Error {}

export interface DocumentId {
  readonly orgId: string;
  readonly formulaId: string;
}

/** What was committed by other servers, to be applied in order. */
export type Missed = Pick<StoredDocument, 'sequence' | 'updates'>;

/** Where documents are kept: each method is one transaction of the organisation. */
export interface DocumentStore {
  organisationOf(formulaId: string): Promise<string>;
  load(id: DocumentId): Promise<StoredDocument>;
  /** Commits `updates` behind everything there; returns the last sequence and what others committed since `known`. */
  append(id: DocumentId, known: number, updates: readonly NewUpdate[]): Promise<Missed>;
  readAfter(id: DocumentId, known: number): Promise<Missed>;
  /** Makes snapshot and updates one snapshot again. */
  compact(id: DocumentId): Promise<void>;
}

export const createDocumentStore = (db: Database): DocumentStore => ({
  organisationOf: (formulaId) => asSystem(db, async (tx) => found(await organisationOfDocument(tx, formulaId))),
  load: ({ orgId, formulaId }) => withOrg(db, orgId, async (tx) => found(await loadDocument(tx, formulaId))),
  append: async ({ orgId, formulaId }, known, updates) => {
    const isAppended = await withOrg(db, orgId, (tx) => appendUpdates(tx, { orgId, formulaId, after: known }, updates)).catch(isTaken);
    if (isAppended) return { sequence: known + updates.length, updates: [] };
    return withOrg(db, orgId, async (tx) => {
      const after = found(await lockDocument(tx, formulaId));
      const missed = found(await readUpdatesAfter(tx, formulaId, known));
      await appendUpdates(tx, { orgId, formulaId, after }, updates);
      return { sequence: after + updates.length, updates: missed.updates };
    });
  },
  readAfter: ({ orgId, formulaId }, known) => withOrg(db, orgId, async (tx) => found(await readUpdatesAfter(tx, formulaId, known))),
  compact: ({ orgId, formulaId }) =>
    withOrg(db, orgId, async (tx) => {
      const stored = await loadDocument(tx, formulaId);
      if (!stored || stored.updates.length < 2) return;
      const doc = new Y.Doc();
      for (const update of stored.updates) Y.applyUpdate(doc, update);
      await replaceSnapshot(tx, formulaId, stored.sequence, Y.encodeStateAsUpdate(doc));
      doc.destroy();
    }),
});

/** False when another server has taken the sequence; throws any other error. */
function isTaken(error: unknown): false {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (cause instanceof postgres.PostgresError && cause.code === UNIQUE_VIOLATION) return false;
  throw error;
}

function found<T>(value: T | null): T {
  if (value === null) throw new DocumentGone('There is no such formula any more.');
  return value;
}
