import * as Y from 'yjs';
import { firstClient } from '#collab/epoch.ts';
import { burdenOf, requireSame, withoutHistory, type Burden } from '#collab/rebase.ts';
import { writeEdits } from '#collab/write-edits.ts';
import { aboutNode, type About } from '#core/comment/anchor.ts';
import { editsBetween } from '#core/formula/change/apply-edits.ts';
import type { FormulaId } from '#core/requests/ids.ts';
import { changesOf, type ToldChange } from './changes-in.ts';
import { draftIn, type Draft } from './draft.ts';
import { readFormula, readStored } from './read-stored.ts';

/** A stored document: updates that are applied in this order to an empty one. */
export interface StoredUpdates {
  readonly updates: readonly Uint8Array[];
}

export interface Restoring extends StoredUpdates {
  /** The document of a version, as one update. */
  readonly then: Uint8Array;
}

export interface Restored {
  /** What the document said before. */
  readonly draft: Draft;
  /** What makes the document say what the version said; none when it does. */
  readonly changes: readonly Uint8Array[];
  /** The same, as people are told of it. */
  readonly told: readonly ToldChange[];
}

/** The document as one update, and what makes it dear. */
export interface Compacted extends Burden {
  readonly state: Uint8Array;
}

export interface Rebasing extends StoredUpdates {
  readonly formulaId: FormulaId;
  /** The new one. */
  readonly epoch: number;
}

export interface Rebased extends Compacted {
  /** What the document had, as a snapshot of Yjs. */
  readonly had: Uint8Array;
}

/** What would make a document say what a version said. */
export function restore({ updates, then }: Restoring): Restored {
  const past = readStored({ updates: [then] });
  const wanted = readFormula(past);
  past.destroy();
  const doc = readStored({ updates });
  const { draft, formula } = draftIn(doc);
  const changes: Uint8Array[] = [];
  doc.on('update', (bytes: Uint8Array) => changes.push(bytes));
  writeEdits(doc, editsBetween(formula, wanted), null);
  doc.destroy();
  return { draft, changes, told: changesOf(formula, wanted) };
}

export function compact(stored: StoredUpdates): Compacted {
  const doc = readStored(stored);
  const compacted = { state: Y.encodeStateAsUpdate(doc), ...burdenOf(doc) };
  doc.destroy();
  return compacted;
}

/** A document that says the same, without its history, in another epoch. */
export function rebase({ updates, formulaId, epoch }: Rebasing): Rebased {
  const old = readStored({ updates });
  const fresh = withoutHistory(old, { epoch, client: firstClient(formulaId, epoch) });
  requireSame(old, fresh);
  const had = Y.encodeSnapshot(Y.snapshot(old));
  const rebased = { had, state: Y.encodeStateAsUpdate(fresh), ...burdenOf(fresh) };
  old.destroy();
  fresh.destroy();
  return rebased;
}

/** What is kept of a node beside what is said about it; null when there is no such node. */
export function nodeIn({ updates, nodeId }: StoredUpdates & { readonly nodeId: string }): About | null {
  const doc = readStored({ updates });
  const formula = readFormula(doc);
  doc.destroy();
  return aboutNode(formula, nodeId) ?? null;
}
