import * as Y from 'yjs';
import { isDeleted, MEANING_ROOTS, nodeMap, rootsOf, splitArgKey } from './layout.ts';
import { toFormula } from './to-formula.ts';

/** A fresh document that says what `doc` says, written by one client, that of the epoch, and without what was deleted. */
export function rebase(doc: Y.Doc, epoch: number): Y.Doc {
  const fresh = new Y.Doc();
  fresh.clientID = epoch;
  const [from, to] = [rootsOf(doc), rootsOf(fresh)];
  const isGone = (id: string): boolean => {
    const node = nodeMap(from.nodes, id);
    return node !== undefined && isDeleted(node);
  };
  fresh.transact(() => {
    for (const root of MEANING_ROOTS) {
      for (const [key, value] of from[root].entries()) {
        if (((root === 'nodes' || root === 'layout') && isGone(key)) || (root === 'args' && isGone(splitArgKey(key)[0]))) continue;
        to[root].set(key, value instanceof Y.AbstractType ? value.clone() : value);
      }
    }
    to.meta.set('epoch', epoch);
  });
  if (JSON.stringify(toFormula(fresh)) !== JSON.stringify(toFormula(doc))) throw new Error('A re-based document must say the same.');
  return fresh;
}
