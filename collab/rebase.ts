import * as Y from 'yjs';
import { isLeftOver } from './annotations.ts';
import { MEANING_ROOTS, nodeMap, rootsOf, sourceOf, splitArgKey, type Roots } from './document-roots.ts';
import { livingIn } from './living.ts';
import { isStray } from './stray.ts';
import { toFormula } from './to-formula.ts';

/** What makes a document slower to work with than a fresh document that says the same. */
export interface Burden {
  /** Who has ever written in it. */
  readonly clients: number;
  /** Its pieces that are of what was deleted or overwritten. */
  readonly dead: number;
}

/** The number of pieces of a document, dead pieces included. Looks at each client, not at each piece. */
export function piecesIn(doc: Y.Doc): number {
  let pieces = 0;
  for (const structs of doc.store.clients.values()) pieces += structs.length;
  return pieces;
}

export function burdenOf(doc: Y.Doc): Burden {
  const roots = rootsOf(doc);
  let dead = 0;
  for (const structs of doc.store.clients.values()) for (const { deleted } of structs) dead += deleted ? 1 : 0;
  const isGone = graveyardOf(roots);
  for (const id of roots.nodes.keys()) if (isGone(id)) dead += 1 + (nodeMap(roots.nodes, id)?.size ?? 0);
  for (const key of roots.args.keys()) if (isGone(splitArgKey(key)[0])) dead += 1;
  return { clients: doc.store.clients.size, dead };
}

/** Which nodes were there once. */
function graveyardOf(roots: Roots): (id: string) => boolean {
  const { alive } = livingIn(roots);
  return (id) => !alive.has(id) && nodeMap(roots.nodes, id) !== undefined;
}

/** A fresh document that says what `doc` says, written by one client, and without what was deleted. */
export function rebase(doc: Y.Doc, beginning: Beginning): Y.Doc {
  const fresh = withoutHistory(doc, beginning);
  requireSame(doc, fresh);
  return fresh;
}

/** Who begins the fresh document. */
interface Beginning {
  readonly epoch: number;
  readonly client: number;
}

/** Throws when the re-based document does not say what the other one says. */
export function requireSame(doc: Y.Doc, fresh: Y.Doc): void {
  if (JSON.stringify(toFormula(fresh)) !== JSON.stringify(toFormula(doc)))
    throw new Error('A re-based document must say the same.');
}

/** The copy alone, for who looks at it in a turn of its own: `requireSame`. */
export function withoutHistory(doc: Y.Doc, { epoch, client }: Beginning): Y.Doc {
  const fresh = new Y.Doc();
  fresh.clientID = client;
  const [from, to] = [rootsOf(doc), rootsOf(fresh)];
  const isGone = graveyardOf(from);
  const { deleted } = livingIn(from);
  fresh.transact(() => {
    to.meta.set('epoch', epoch);
    for (const root of MEANING_ROOTS) {
      for (const [key, value] of from[root].entries()) {
        if (
          ((root === 'nodes' || root === 'layout') && isGone(nodeIn(key))) ||
          (root === 'args' && (isGone(splitArgKey(key)[0]) || deleted.has(sourceOf(value) ?? '') || isStray(from, key)))
        )
          continue;
        if (root === 'meta' && key === 'epoch') continue;
        if ((root === 'frames' || root === 'notes') && isLeftOver(from[root], key)) continue;
        to[root].set(key, copyOf(root, value));
      }
    }
  });
  return fresh;
}

/** Of a node, or of a wire that enters the node. */
const nodeIn = (key: string): string => (key.includes('/') ? splitArgKey(key)[0] : key);

/** A node that is there in spite of its deletion is there without it. */
function copyOf(root: (typeof MEANING_ROOTS)[number], value: unknown): unknown {
  if (!(value instanceof Y.AbstractType)) return value;
  const copy: unknown = value.clone();
  if (root === 'nodes' && copy instanceof Y.Map) copy.delete('deleted');
  return copy;
}
