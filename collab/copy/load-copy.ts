import * as Y from 'yjs';
import { salvage } from '#collab/salvage.ts';
import type { Row, StoredCopy } from './store.ts';

export interface LoadedCopy {
  /** What the person sees: what is committed, with their own changes. */
  readonly mine: Y.Doc;
  readonly committed: Y.Doc;
  /** The part of the copy that could be read; null when that part has nothing to show. */
  readonly copy: StoredCopy | null;
  /**
   * Own changes that can be read, of a copy in which anything is damaged: they may build on what is damaged, so they
   * are in neither document. They stay where they are until the server has sent what is committed.
   */
  readonly left: readonly Row[];
  /** Rows that could not be read. */
  readonly damaged: readonly string[];
}

/**
 * Reads what a browser has kept of a document. Never throws: what bad luck has made of a row is left out, and the rest
 * is there.
 */
export function loadCopy(copy: StoredCopy | null): LoadedCopy {
  const [mine, committed] = [new Y.Doc(), new Y.Doc()];
  if (copy === null) return { mine, committed, copy, left: [], damaged: [] };
  try {
    apply(committed, copy.committed);
    apply(mine, [...copy.committed, ...copy.own]);
    return { mine, committed, copy, left: [], damaged: [] };
  } catch {
    mine.destroy();
    committed.destroy();
    return loadSound(copy);
  }
}

const apply = (doc: Y.Doc, rows: readonly Row[]): void =>
  doc.transact(() => rows.forEach(({ bytes }) => Y.applyUpdate(doc, bytes)));

/** Looks at each row by itself. */
function loadSound(copy: StoredCopy): LoadedCopy {
  const committed = soundRows(copy.committed);
  const left = copy.own.filter(isSound);
  const damaged = [...copy.committed, ...copy.own]
    .filter((row) => !committed.includes(row) && !left.includes(row))
    .map(({ id }) => id);
  // What was deleted is kept: own changes may stand in its place.
  const docs = { mine: new Y.Doc({ gc: false }), committed: new Y.Doc() };
  for (const doc of [docs.mine, docs.committed]) apply(doc, committed);
  // Without anything in it, it would be shown as an empty formula.
  return { ...docs, copy: committed.length === 0 ? null : { ...copy, committed, own: [] }, left, damaged };
}

function soundRows(rows: readonly Row[]): readonly Row[] {
  const { doc, read } = salvage(rows.map(({ bytes }) => bytes));
  doc.destroy();
  return read.flatMap((at) => rows[at] ?? []);
}

/** Whether a change can be read, whatever it builds on. */
export function isSound({ bytes }: Row): boolean {
  const doc = new Y.Doc();
  try {
    Y.applyUpdate(doc, bytes);
    return true;
  } catch {
    return false;
  } finally {
    doc.destroy();
  }
}
