import * as Y from 'yjs';
import { isSound, loadCopy } from '#collab/copy/load-copy.ts';
import type { Row, StoredCopy } from '#collab/copy/store.ts';
import { carryOver, dropCommitted, type LostNode } from './carry-over.ts';
import type { Generation } from './generation.ts';
import { fillGaps } from './salvage.ts';

/** Changes that were made in a document of another epoch, and what that document had. */
export interface Before {
  readonly epoch: number | null;
  readonly own: readonly Row[];
  readonly committed: Y.Doc;
  readonly mine: Y.Doc;
}

/**
 * Makes such of `before.own` once more, in `current`, as was not committed in its epoch. Returns what had no place any
 * more.
 */
export function takeAlong({ epoch, own, ...docs }: Before, current: Generation, origin: unknown): readonly LostNode[] {
  const had = epoch === null ? undefined : current.ended.get(epoch);
  return dropCommitted(own, had, docs.committed).length > 0 ? carryOver(docs, current.doc, origin) : [];
}

/**
 * What another tab has left in an older epoch. `damaged`: how many of its changes can't be read; null when nothing is
 * damaged.
 */
export function readLeft(copy: StoredCopy): { readonly before: Before; readonly damaged: number | null } {
  const { mine, committed, left, damaged } = loadCopy(copy);
  const isDamaged = damaged.length > 0;
  for (const { bytes } of left) Y.applyUpdate(mine, bytes);
  fillGaps(mine);
  return {
    before: { epoch: copy.epoch, own: isDamaged ? left : copy.own, committed, mine },
    damaged: isDamaged ? copy.own.length - left.length : null,
  };
}

/** Changes that another tab has left in the epoch of `current`, and that are not in it. */
export function lackingOf({ own }: StoredCopy, { doc, connection }: Generation): readonly Row[] {
  const known = new Set(connection.unsavedRows().map(({ id }) => id));
  const there = Y.snapshot(doc);
  return own.filter((row) => !known.has(row.id) && isSound(row) && !Y.snapshotContainsUpdate(there, row.bytes));
}

/**
 * Makes changes of another tab, of the same epoch, changes of this one. Those that build on others which are damaged
 * are made once more, as changes of the formula. Returns what had no place any more.
 */
export function takeOver(rows: readonly Row[], { doc, committed }: Generation, origin: unknown): readonly LostNode[] {
  const updates = rows.map(({ bytes }) => bytes);
  // What was deleted is kept: what waits may stand in its place.
  const mine = new Y.Doc({ gc: false });
  for (const bytes of [Y.encodeStateAsUpdate(doc), ...updates]) Y.applyUpdate(mine, bytes);
  if (fillGaps(mine)) return carryOver({ committed, mine }, doc, origin);
  for (const bytes of updates) Y.applyUpdate(doc, bytes, 'another tab');
  return [];
}
