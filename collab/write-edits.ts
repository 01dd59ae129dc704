import * as Y from 'yjs';
import { isAnnotationEdit } from '#core/formula/change/annotation-edits.ts';
import type { Edit } from '#core/formula/model/edit.ts';
import { FLAGS, flagsOf, isRef, type Arg, type FormulaNode, type NodeId } from '#core/formula/model/formula.ts';
import { assertNever } from '#core/result/assert.ts';
import { writeAnnotation } from './annotations.ts';
import { writeBends } from './bends.ts';
import { deleteNodes, deletionOf, unnoticed } from './deletion.ts';
import { argKey, isDeleted, nodeMap, rootsOf, sourceOf, splitArgKey, type Roots } from './document-roots.ts';
import { leaveAlone, markInside } from './inside.ts';
import { keepLiving } from './living.ts';
import { makePlace } from './make-place.ts';
import { itemId } from './register.ts';
import { isStray } from './stray.ts';

/**
 * Writes edits into the document as one transaction, one step of undo. A key is set only to create it, and changed in
 * place otherwise: a node set anew would throw away what a colleague changes in it at the same moment. Edits of a node
 * that is not there do nothing.
 */
export function writeEdits(doc: Y.Doc, edits: readonly Edit[], origin: unknown): void {
  if (edits.length === 0) return;
  keepLiving(doc);
  doc.transact(() => {
    const roots = rootsOf(doc);
    const going: NodeId[] = [];
    const changed = new Set(edits.flatMap((edit) => (edit.type === 'setBlock' ? [edit.id] : [])));
    const traces = { unseen: new Set(strayItems(roots, changed).keys()), left: new Set<NodeId>() };
    const remove = (ids: readonly NodeId[]): void => {
      if (ids.length === 0) return;
      // A wire that the edits have left over on their way goes with what it comes from, like one that is shown.
      const left = new Set([...strayItems(roots, changed).keys()].filter((item) => !traces.unseen.has(item)));
      for (const id of deleteNodes(roots, ids, left)) traces.left.add(id);
    };
    for (const edit of edits) {
      // Nodes that go one after the other go together.
      if (edit.type === 'removeNode') going.push(edit.id);
      else {
        remove(going.splice(0));
        applyEdit(roots, edit, traces);
      }
    }
    remove(going);
    // A wire into a port that the new block does not have is not shown any more.
    for (const [item, wire] of strayItems(roots, changed)) if (!traces.unseen.has(item)) leave(traces.left, wire);
    leaveAlone(roots, traces.left);
    markInside(
      roots,
      edits.flatMap((edit) => (edit.type === 'addNode' && edit.at === undefined ? [edit.id] : [])),
    );
  }, origin);
}

/**
 * What is left of earlier blocks of the nodes that get another one, by item. What is there before the edits nobody has
 * before their eyes, so it does not come up with the new block. What the edits themselves leave over on the way from
 * one block to the next is seen.
 */
function strayItems(roots: Roots, changed: ReadonlySet<NodeId>): ReadonlyMap<string, unknown> {
  const stray = new Map<string, unknown>();
  if (changed.size > 0)
    for (const [key, arg] of roots.args.entries())
      if (changed.has(splitArgKey(key)[0]) && isStray(roots, key)) stray.set(itemId(roots.args, key), arg);
  return stray;
}

/** What edits leave behind on their way. */
interface Traces {
  /** Items that nobody has before their eyes. */
  readonly unseen: Set<string>;
  /** Nodes that a wire was taken from. */
  readonly left: Set<NodeId>;
}

function applyEdit(roots: Roots, edit: Exclude<Edit, { type: 'removeNode' }>, traces: Traces): void {
  if (edit.type === 'setEpilogue') return setOrClear(roots.meta, 'epilogue', edit.epilogue);
  if (edit.type === 'setBends') return writeBends(roots, edit);
  if (isAnnotationEdit(edit)) return writeAnnotation(roots, edit);
  if (edit.type === 'addNode') return addNode(roots, edit, traces.left);
  const node = aliveNode(roots, edit.id);
  if (!node) return;
  switch (edit.type) {
    case 'setBlock':
      return setBlock(roots, edit.id, edit.block, traces);
    case 'setName':
      return setOrClear(node, 'name', edit.name);
    case 'setComment':
      return setOrClear(node, 'comment', edit.comment);
    case 'setFlag':
      return setOrClear(node, edit.flag, edit.on || null);
    case 'setWords':
      return setWords(node, edit.words ?? undefined);
    case 'setArg':
      if (!isRef(edit.arg)) roots.layout.delete(argKey(edit.id, edit.port));
      return setArg(roots, argKey(edit.id, edit.port), edit.arg, traces.left);
    case 'clearArg':
      roots.layout.delete(argKey(edit.id, edit.port));
      return clearArg(roots, argKey(edit.id, edit.port), traces);
    case 'reorder':
      return setOrClear(node, 'order', makePlace(roots.nodes, edit.after, edit.id));
    case 'moveNode':
      return void roots.layout.set(edit.id, [edit.at.x, edit.at.y]);
    default:
      return assertNever(edit);
  }
}

function setBlock(roots: Roots, id: NodeId, block: string, { unseen }: Traces): void {
  const node = aliveNode(roots, id);
  const before = node?.get('block');
  if (!node || before === block) return;
  if (unseen.size > 0)
    for (const key of [...roots.args.keys()])
      if (splitArgKey(key)[0] === id && unseen.has(itemId(roots.args, key)) && isStray(roots, key))
        roots.args.delete(key);
  node.set('block', block);
}

function aliveNode(roots: Roots, id: NodeId): Y.Map<unknown> | undefined {
  const node = nodeMap(roots.nodes, id);
  return node && !isDeleted(node) ? node : undefined;
}

function clearArg(roots: Roots, key: string, { unseen, left }: Traces): void {
  const item = itemId(roots.args, key);
  if (!unseen.has(item)) leave(left, roots.args.get(key));
  // It stays for the block that the node was before: a colleague who gives the node a third one at the same moment
  // writes with it.
  if (isStray(roots, key)) unseen.add(item);
  else roots.args.delete(key);
}

function addNode(roots: Roots, { id, node, at, after }: Extract<Edit, { type: 'addNode' }>, left: Set<NodeId>): void {
  const known = nodeMap(roots.nodes, id);
  if (known && !isDeleted(known)) return;
  const order = makePlace(roots.nodes, after, id);
  if (known) revive(roots, id, known, { ...node, order });
  else roots.nodes.set(id, createNode(node, order));
  for (const [port, arg] of Object.entries(node.args)) setArg(roots, argKey(id, port), arg, left);
  if (at) roots.layout.set(id, [at.x, at.y]);
}

export function createNode(node: FormulaNode, order: string): Y.Map<unknown> {
  const { block, name, comment } = node;
  return new Y.Map<unknown>(
    Object.entries({
      block,
      order,
      ...(name === undefined ? {} : { name }),
      ...(comment === undefined ? {} : { comment }),
      ...flagsOf(node),
      ...(node.words === undefined ? {} : { words: node.words }),
    }),
  );
}

function revive(roots: Roots, id: NodeId, map: Y.Map<unknown>, node: FormulaNode & { order: string }): void {
  const deletion = deletionOf(map);
  const hidden = new Set(typeof deletion === 'object' ? deletion.hides : []);
  map.delete('deleted');
  map.delete('inside');
  setOrClear(map, 'order', node.order);
  setOrClear(map, 'block', node.block);
  setOrClear(map, 'name', node.name ?? null);
  setOrClear(map, 'comment', node.comment ?? null);
  for (const flag of FLAGS) setOrClear(map, flag, node[flag] ?? null);
  setWords(map, node.words);
  roots.layout.delete(id);
  for (const key of [...roots.layout.keys()]) if (splitArgKey(key)[0] === id) roots.layout.delete(key);
  // What is made anew is not used where it was used before.
  const gone = [...roots.args.keys()].filter(
    (key) => splitArgKey(key)[0] === id || hidden.has(itemId(roots.args, key)),
  );
  const users = new Set(gone.map((key) => splitArgKey(key)[0]));
  unnoticed(roots, users, () => gone.forEach((key) => roots.args.delete(key)));
}

function setArg(roots: Roots, key: string, arg: Arg, left: Set<NodeId>): void {
  const before = roots.args.get(key);
  if (sameArg(before, arg)) return;
  leave(left, before);
  roots.args.set(key, plain(arg));
}

function leave(left: Set<NodeId>, wire: unknown): void {
  const source = sourceOf(wire);
  if (source !== undefined) left.add(source);
}

const sameArg = (a: unknown, b: Arg): boolean =>
  typeof b === 'object' && b !== null ? JSON.stringify(a) === JSON.stringify(plain(b)) : Object.is(a, b);

/** The keys in one order, and no `output: undefined`. */
export const plain = (arg: Arg): unknown =>
  isRef(arg) ? { from: arg.from, ...(arg.output === undefined ? {} : { output: arg.output }) } : arg;

function setWords(node: Y.Map<unknown>, words: FormulaNode['words']): void {
  if (words === undefined) node.delete('words');
  else if (JSON.stringify(node.get('words')) !== JSON.stringify(words)) node.set('words', words);
}

function setOrClear(map: Y.Map<unknown>, key: string, value: string | true | null): void {
  if (value === null) map.delete(key);
  else if (map.get(key) !== value) map.set(key, value);
}
