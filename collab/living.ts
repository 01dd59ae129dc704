import type * as Y from 'yjs';
import { isAlwaysStatement } from '#core/formula/language/statements.ts';
import type { NodeId } from '#core/formula/model/formula.ts';
import { deletionOf, seen, type Deletion } from './deletion.ts';
import { nodeAbout, nodeMap, rootsOf, sourceOf, splitArgKey, type Roots } from './document-roots.ts';
import { itemId } from './register.ts';
import { isStray } from './stray.ts';

/** Which nodes there are. */
export interface Living {
  readonly alive: ReadonlySet<NodeId>;
  /** Deleted nodes; a wire from such a node is not shown, and no wire that was lost. */
  readonly deleted: ReadonlySet<NodeId>;
}

/**
 * Which nodes of the document are there. Where one person deletes what another changes at the same moment, the change
 * counts:
 *
 * 1. A deleted statement is there all the same when somebody has changed a node of it that the deletion has not seen so.
 * 2. A deleted node is there all the same when a node that is there is wired to it in a way that the deletion has not seen.
 * 3. What was typed inside of a statement is not there when nothing that is there is wired to it: the statement stays deleted, or a
 *    colleague has written something else in its place.
 *
 * So a statement comes back whole, or goes whole. It depends on the document alone, not on the order in which the
 * changes came.
 */
export function livingIn(roots: Roots): Living {
  const alive = new Set<NodeId>();
  const inside = new Set<NodeId>();
  const deletions = new Map<NodeId, Deletion>();
  for (const id of roots.nodes.keys()) {
    const node = nodeMap(roots.nodes, id);
    const deletion = node ? deletionOf(node) : 'for good';
    if (deletion === undefined) (isInside(node) ? inside : alive).add(id);
    else if (deletion !== 'for good') deletions.set(id, deletion);
  }
  return deletions.size + inside.size === 0
    ? { alive, deleted: new Set() }
    : new Merging(roots, { alive, inside, deletions }).run();
}

/** Whether a node is nothing without a user. It may have got a name since. */
function isInside(node: Y.Map<unknown> | undefined): boolean {
  if (!node?.has('inside')) return false;
  const about = nodeAbout(node);
  return about !== undefined && !isAlwaysStatement(about);
}

/** Makes sure of the nodes that are deleted and there all the same, before somebody goes on with them. */
export function keepLiving(doc: Y.Doc): void {
  const roots = rootsOf(doc);
  const { alive } = livingIn(roots);
  const kept = [...alive].flatMap((id) => nodeMap(roots.nodes, id) ?? []).filter((node) => node.has('deleted'));
  // Of its own: to undo what comes after does not delete them again.
  if (kept.length > 0) doc.transact(() => kept.forEach((node) => node.delete('deleted')), 'keep living');
}

/** A wire from a node that may not be there. */
interface Wire {
  readonly source: NodeId;
  readonly user: NodeId;
  readonly item: string;
}

interface Nodes {
  readonly alive: ReadonlySet<NodeId>;
  readonly inside: ReadonlySet<NodeId>;
  readonly deletions: ReadonlyMap<NodeId, Deletion>;
}

/**
 * Goes once along the wires, however deep they lead and also where they close a circle: anybody may have written them.
 */
class Merging {
  readonly #roots: Roots;
  readonly #nodes: Nodes;
  readonly #deletions: ReadonlyMap<NodeId, Deletion>;
  readonly #wiresInto = new Map<NodeId, Wire[]>();
  readonly #wiresFrom = new Map<NodeId, Wire[]>();
  /** The items of arguments of deleted nodes. */
  readonly #args = new Map<NodeId, string[]>();
  readonly #hidden = new Map<NodeId, ReadonlySet<string>>();

  constructor(roots: Roots, nodes: Nodes) {
    this.#roots = roots;
    this.#nodes = nodes;
    this.#deletions = nodes.deletions;
    for (const [key, arg] of roots.args.entries()) {
      const source = sourceOf(arg);
      const [user] = splitArgKey(key);
      if (this.#deletions.has(user)) push(this.#args, user, itemId(roots.args, key));
      if (source === undefined || !(this.#deletions.has(source) || nodes.inside.has(source)) || isStray(roots, key))
        continue;
      const wire = { source, user, item: itemId(roots.args, key) };
      push(this.#wiresInto, user, wire);
      push(this.#wiresFrom, source, wire);
    }
  }

  run(): Living {
    const { inside } = this.#nodes;
    const alive = new Set(this.#nodes.alive);
    const changed = this.#changed();
    for (const id of changed) if (this.#deletions.get(id)?.isInline === false) alive.add(id);
    for (const id of alive) {
      for (const wire of this.#wiresInto.get(id) ?? [])
        if (changed.has(wire.source) || !this.#isHidden(wire)) alive.add(wire.source);
    }
    return { alive, deleted: new Set([...this.#deletions.keys(), ...inside].filter((id) => !alive.has(id))) };
  }

  /** The deleted nodes that say something else than their deletion has seen, in themselves or inside of them. */
  #changed(): ReadonlySet<NodeId> {
    const changed = new Set<NodeId>();
    for (const [id, { saw }] of this.#deletions) {
      const node = nodeMap(this.#roots.nodes, id);
      if (node && seen(node, this.#args.get(id) ?? []) !== saw) changed.add(id);
    }
    for (const id of changed) {
      if (this.#deletions.get(id)?.isInline !== true) continue;
      for (const wire of this.#wiresFrom.get(id) ?? [])
        if (this.#deletions.has(wire.user) && !this.#isHidden(wire)) changed.add(wire.user);
    }
    return changed;
  }

  /** Whether the deletion of the node that the wire comes from has seen the wire. */
  #isHidden({ source, item }: Wire): boolean {
    const deletion = this.#deletions.get(source);
    if (!deletion) return false;
    const hidden = this.#hidden.get(source) ?? new Set(deletion.hides);
    this.#hidden.set(source, hidden);
    return hidden.has(item);
  }
}

function push<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
