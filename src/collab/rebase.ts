import * as Y from 'yjs';
import { isDeleted, MEANING_ROOTS, nodeMap, rootsOf, splitArgKey, type Roots } from './layout.ts';
import { toFormula } from './to-formula.ts';

/** What makes a document dearer than a fresh one that says the same. */
export interface Burden {
  /** Who has ever written in it. */
  readonly clients: number;
  /** Its pieces that are of what was deleted or overwritten. */
  readonly dead: number;
}

export function burdenOf(doc: Y.Doc): Burden {
  const roots = rootsOf(doc);
  let dead = 0;
  for (const structs of doc.store.clients.values()) for (const { deleted } of structs) dead += deleted ? 1 : 0;
  for (const id of roots.nodes.keys()) if (isGone(roots, id)) dead += 1 + (nodeMap(roots.nodes, id)?.size ?? 0);
  for (const key of roots.args.keys()) if (isGone(roots, splitArgKey(key)[0])) dead += 1;
  return { clients: doc.store.clients.size, dead };
}

function isGone({ nodes }: Roots, id: string): boolean {
  const node = nodeMap(nodes, id);
  return node !== undefined && isDeleted(node);
}

/** A fresh document that says what `doc` says, written by one client, and without what was deleted. */
export function rebase(doc: Y.Doc, { epoch, client }: { readonly epoch: number; readonly client: number }): Y.Doc {
  const fresh = new Y.Doc();
  fresh.clientID = client;
  const [from, to] = [rootsOf(doc), rootsOf(fresh)];
  fresh.transact(() => {
    to.meta.set('epoch', epoch);
    for (const root of MEANING_ROOTS) {
      for (const [key, value] of from[root].entries()) {
        if (((root === 'nodes' || root === 'layout') && isGone(from, key)) || (root === 'args' && isGone(from, splitArgKey(key)[0]))) continue;
        if (root === 'meta' && key === 'epoch') continue;
        to[root].set(key, value instanceof Y.AbstractType ? value.clone() : value);
      }
    }
  });
  if (JSON.stringify(toFormula(fresh)) !== JSON.stringify(toFormula(doc))) throw new Error('A re-based document must say the same.');
  return fresh;
}
