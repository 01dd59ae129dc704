import postgres from 'postgres';
import type { EndedEpoch } from '#collab/messages.ts';
import type { FormulaId, OrgId } from '#core/requests/ids.ts';
import { unreadable } from '#server/compute/formula/read-stored.ts';
import { askHere, type AskFormulas } from '#server/compute/formula-threads.ts';
import { asSystem, withOrg, type Database } from '#server/db/database.ts';
import {
  appendUpdates,
  lockDocument,
  organisationOfDocument,
  readUpdatesAfter,
  type Appended,
  type NewUpdate,
} from '#server/db/queries/document-updates.ts';
import { loadDocument, sizeOfDocument, type StoredDocument } from '#server/db/queries/documents.ts';
import { findEndedEpochs } from '#server/db/queries/epochs.ts';
import { findFormula } from '#server/db/queries/formulas.ts';
import { unheard } from '#server/db/unheard.ts';
import { EDITORS } from '#server/policies/permissions.ts';
import { compactDocument } from '#server/use-cases/document/compact-document.ts';
import { rebaseDocument } from '#server/use-cases/document/rebase-document.ts';

const UNIQUE_VIOLATION = '23505';

/** Thrown when the formula was removed while people had it open. */
export class DocumentGone extends Error {}

/** Thrown when somebody lost the right to edit while their change was on its way: the changes of others come again. */
export class NotAnEditor extends Error {}

/** Thrown when the document was re-based: what is in memory is of an older epoch. */
export class EpochRaised extends Error {
  readonly epoch: number;

  constructor(epoch: number) {
    super('The strategy was rewritten. Open it anew.');
    this.epoch = epoch;
  }
}

export interface DocumentId {
  readonly orgId: OrgId;
  readonly formulaId: FormulaId;
}

/** How much of a document somebody has. */
export type Known = Pick<StoredDocument, 'sequence' | 'epoch'>;

/** What was committed by other servers, to be applied in order. */
export type Missed = Pick<StoredDocument, 'sequence' | 'updates'>;

/** Where documents are kept: each method is one transaction of the organisation. */
export interface DocumentStore {
  organisationOf(formulaId: FormulaId): Promise<OrgId>;
  load(id: DocumentId): Promise<StoredDocument>;
  /** Bytes that are stored of the document. */
  sizeOf(id: DocumentId): Promise<number>;
  /** Commits `updates` behind everything there; returns the last sequence and what others committed since `known`. */
  append(id: DocumentId, known: Known, updates: readonly NewUpdate[]): Promise<Missed>;
  readAfter(id: DocumentId, known: Known): Promise<Missed>;
  /** What the document had at the end of these epochs, as far as that is known. */
  endsOf(id: DocumentId, epochs: readonly number[]): Promise<readonly EndedEpoch[]>;
  /** Makes snapshot and updates one snapshot again. */
  compact(id: DocumentId): Promise<void>;
  /** Puts a copy without its history in the document's place, in a new epoch. */
  rebase(id: DocumentId): Promise<void>;
}

export const createDocumentStore = (db: Database, formulas: AskFormulas = askHere): DocumentStore => ({
  organisationOf: (formulaId) => asSystem(db, async (tx) => found(await organisationOfDocument(tx, formulaId))),
  load: ({ orgId, formulaId }) =>
    withOrg(db, orgId, async (tx) => {
      const stored = await loadDocument(tx, formulaId);
      // A formula without a document is one whose document was lost.
      if (!stored && (await findFormula(tx, orgId, formulaId))) throw unreadable(new Error('There is no snapshot.'));
      return found(stored);
    }),
  sizeOf: ({ orgId, formulaId }) => withOrg(db, orgId, async (tx) => (await sizeOfDocument(tx, formulaId)) ?? 0),
  append: async ({ orgId, formulaId }, known, updates) => {
    const { sequence, epoch } = known;
    const appended = ofEditors(
      await withOrg(db, orgId, (tx) =>
        appendUpdates(tx, { orgId, formulaId, after: sequence, epoch, editors: EDITORS }, updates),
      ).catch(behind),
    );
    if (appended === 'appended') return { sequence: sequence + updates.length, updates: [] };
    return withOrg(db, orgId, async (tx) => {
      const { sequence: after } = ofEpoch(known, await lockDocument(tx, formulaId));
      const missed = found(await readUpdatesAfter(tx, formulaId, known));
      ofEditors(await appendUpdates(tx, { orgId, formulaId, after, epoch, editors: EDITORS }, updates));
      return { sequence: after + updates.length, updates: missed.updates };
    });
  },
  readAfter: ({ orgId, formulaId }, known) =>
    withOrg(db, orgId, async (tx) => ofEpoch(known, await readUpdatesAfter(tx, formulaId, known))),
  endsOf: ({ orgId, formulaId }, epochs) => withOrg(db, orgId, (tx) => findEndedEpochs(tx, formulaId, epochs)),
  compact: ({ orgId, formulaId }) => compactDocument({ orgId, formulaId, formulas, ...unheard(db, orgId) }),
  rebase: async ({ orgId, formulaId }) =>
    void (await rebaseDocument({ orgId, formulaId, formulas, ...unheard(db, orgId) })),
});

/** When another server has taken the sequence; throws any other error. */
function behind(error: unknown): Appended {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (cause instanceof postgres.PostgresError && cause.code === UNIQUE_VIOLATION) return 'behind';
  throw error;
}

function ofEditors(appended: Appended): Appended {
  if (appended === 'forbidden') throw new NotAnEditor('Somebody who made one of the changes may not edit any more.');
  return appended;
}

function found<T>(value: T | null): T {
  if (value === null) throw new DocumentGone('There is no such strategy any more.');
  return value;
}

/** The updates of one epoch mean nothing in another. */
function ofEpoch<T extends { readonly epoch: number }>(known: Known, value: T | null): T {
  const current = found(value);
  if (current.epoch !== known.epoch) throw new EpochRaised(current.epoch);
  return current;
}
