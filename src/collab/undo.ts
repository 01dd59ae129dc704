import * as Y from 'yjs';
import { MEANING_ROOTS, rootsOf } from './layout.ts';

/**
 * One person's undo: it takes back only transactions of `origin`, each a step of its own, and leaves what colleagues changed since.
 * Listen to `stack-item-added`, `stack-item-popped` and `stack-cleared` to know whether there is something to undo; `destroy` it with the
 * editor.
 */
export function createUndo(doc: Y.Doc, origin: unknown): Y.UndoManager {
  const roots = rootsOf(doc);
  return new Y.UndoManager(
    MEANING_ROOTS.map((root) => roots[root]),
    // A gesture is one transaction, so nothing is gathered by time.
    { trackedOrigins: new Set([origin]), captureTimeout: 0 },
  );
}

/** Makes a change that is one step of undo with the one before it, if `join` says so. */
export function joinSteps(undo: Y.UndoManager, join: boolean, change: () => void): void {
  // The manager joins what comes within this time of the last change.
  undo.captureTimeout = join ? Infinity : 0;
  change();
  undo.captureTimeout = 0;
}
