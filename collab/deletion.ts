import type * as Y from 'yjs';
import { isBareName } from '#core/formula/blocks/catalogue.ts';
import { isAlwaysStatement } from '#core/formula/language/statements.ts';
import type { NodeId } from '#core/formula/model/formula.ts';
import { isDeleted, nodeAbout, nodeMap, sourceOf, splitArgKey, type Roots } from './document-roots.ts';
import { itemId, wasOneOf } from './register.ts';
import { isStray } from './stray.ts';

/**
 * What the person who deleted a node had seen of it. A colleague who changes the node at the same moment has written
 * something else.
 */
export interface Deletion {
  /** The items that were the node's block, name, comment and arguments. */
  readonly saw: string;
  /** The items that were wires from the node into nodes that stay: they are not shown while the node is deleted. */
  readonly hides: readonly string[];
  /** Whether the node was written inside of a statement, so that it is nothing without a user. */
  readonly isInline: boolean;
}

/** What a change of the node changes. Where it stands, on the canvas and in the code, is none of it. */
const FIELDS = ['block', 'name', 'comment', 'muted'] as const;

/** The node's deletion; `for good` where nothing says what was seen, as in documents of before. */
export function deletionOf(node: Y.Map<unknown>): Deletion | 'for good' | undefined {
  if (!isDeleted(node)) return undefined;
  const value = node.get('deleted');
  return isDeletion(value) ? value : 'for good';
}

function isDeletion(value: unknown): value is Deletion {
  if (typeof value !== 'object' || value === null) return false;
  const { saw, hides, isInline }: { saw?: unknown; hides?: unknown; isInline?: unknown } = value;
  return (
    typeof saw === 'string' &&
    Array.isArray(hides) &&
    hides.every((id) => typeof id === 'string') &&
    typeof isInline === 'boolean'
  );
}

/** The wires that the value of a node's `deleted` hides. */
export const hiddenBy = (deletion: unknown): readonly string[] => (isDeletion(deletion) ? deletion.hides : []);

/**
 * Deletes nodes together, if they are not deleted yet. `hidden`: wires that are hidden though a leftover at this
 * moment: those that an earlier deletion of these nodes hid, which undo and redo write once more, and those that the
 * same gesture has left over. Such a wire may be a leftover of an earlier block at this moment, and come up again with
 * the next step. Gives the nodes that stay and that a wire into one of the deleted nodes came from: see `leaveAlone`.
 */
export function deleteNodes(
  roots: Roots,
  ids: Iterable<NodeId>,
  hidden: ReadonlySet<string> = new Set(),
): ReadonlySet<NodeId> {
  const isAlive = (id: NodeId): boolean => {
    const node = nodeMap(roots.nodes, id);
    return node !== undefined && !isDeleted(node);
  };
  const going = new Map(
    [...ids].filter(isAlive).map((id) => [id, { args: new Array<string>(), hides: new Array<string>(), uses: 0 }]),
  );
  const left = new Set<NodeId>();
  if (going.size === 0) return left;
  for (const [key, arg] of roots.args.entries()) {
    const [user] = splitArgKey(key);
    going.get(user)?.args.push(itemId(roots.args, key));
    const from = sourceOf(arg) ?? '';
    const source = going.get(from);
    if (!source && going.has(user)) left.add(from);
    if (!source || !isAlive(user)) continue;
    source.uses += 1;
    // A wire between two that go together comes back with the two.
    if (!going.has(user) && (!isStray(roots, key) || wasOneOf(roots.args, key, hidden)))
      source.hides.push(itemId(roots.args, key));
  }
  const deletions = [...going].flatMap(
    ([id, { args, hides, uses }]): readonly (readonly [Y.Map<unknown>, Deletion])[] => {
      const node = nodeMap(roots.nodes, id);
      return node ? [[node, { saw: seen(node, args), hides, isInline: isInline(node, uses) }]] : [];
    },
  );
  for (const [node, deletion] of deletions) node.set('deleted', deletion);
  return left;
}

/**
 * Makes a change that takes wires of deleted nodes away, as if the deletions had seen the change: a node of which a
 * wire is gone with what it came from is not a node that somebody has written something else into.
 */
export function unnoticed(roots: Roots, ids: ReadonlySet<NodeId>, change: () => void): void {
  const unchanged = [...ids].flatMap((id) => {
    const node = nodeMap(roots.nodes, id);
    const deletion = node && deletionOf(node);
    return node && typeof deletion === 'object' && seen(node, argItems(roots, id)) === deletion.saw
      ? [{ id, node, deletion }]
      : [];
  });
  change();
  for (const { id, node, deletion } of unchanged)
    node.set('deleted', { ...deletion, saw: seen(node, argItems(roots, id)) });
}

const argItems = (roots: Roots, id: NodeId): readonly string[] =>
  [...roots.args.keys()].flatMap((key) => (splitArgKey(key)[0] === id ? [itemId(roots.args, key)] : []));

/** The items that make up a node, in a form to be compared. */
export function seen(node: Y.Map<unknown>, args: readonly string[]): string {
  const fields = FIELDS.flatMap((field) => (node.has(field) ? [itemId(node, field)] : []));
  return [...fields, ...args].sort().join(' ');
}

function isInline(node: Y.Map<unknown>, uses: number): boolean {
  const about = nodeAbout(node);
  return about !== undefined && !isAlwaysStatement(about) && (isBareName(about.block) || uses === 1);
}
