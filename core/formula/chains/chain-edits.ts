import { applyEdits } from '../change/apply-edits.ts';
import type { Edit } from '../model/edit.ts';
import { nodeOf, pointOf, type Arg, type Formula, type NodeId } from '../model/formula.ts';
import { chainsOf, FREE_PORT, isChainPort, ownerOf, type Owner } from './chain.ts';

interface ChainEditOptions {
  readonly newId: () => NodeId;
}

/** Where a new sign stands that nobody sees: left of the chain, should the chain ever be drawn node by node. */
const LEFT = 208;

/**
 * Edits of chains as the canvas means them, in edits of the formula: an argument at the free port makes the chain
 * longer by one sign, an argument that is taken off makes it shorter. What people call the chain, and who reads it,
 * stays: the node that stands for the chain is never another one.
 */
export function throughChains(formula: Formula, edits: readonly Edit[], { newId }: ChainEditOptions): readonly Edit[] {
  if (!edits.some(isOfChain)) return edits;
  const done: Edit[] = [];
  /** Where an argument went of whose sign nothing is left. */
  const moved = new Map<string, Owner>();
  const now = (): Formula => applyEdits(formula, done);
  for (const edit of edits) {
    if (!isOfChain(edit)) {
      done.push(edit);
      continue;
    }
    const owner =
      edit.port === FREE_PORT ? { id: edit.id, port: edit.port } : followed(moved, ownerOf(edit.id, edit.port));
    if (edit.type === 'setArg')
      done.push(...(owner.port === FREE_PORT ? longer(now(), edit.id, edit.arg, newId()) : [{ ...edit, ...owner }]));
    else if (owner.port !== FREE_PORT) done.push(...shorter(now(), edit.id, owner, moved));
  }
  return done;
}

type ArgEdit = Extract<Edit, { type: 'setArg' | 'clearArg' }>;

const isOfChain = (edit: Edit): edit is ArgEdit =>
  (edit.type === 'setArg' || edit.type === 'clearArg') && (edit.port === FREE_PORT || isChainPort(edit.port));

const keyOf = ({ id, port }: Owner): string => `${id}/${port}`;

function followed(moved: ReadonlyMap<string, Owner>, owner: Owner): Owner {
  let at = owner;
  for (let next = moved.get(keyOf(at)); next !== undefined; next = moved.get(keyOf(at))) at = next;
  return at;
}

/** What the chain was becomes the left side of its last sign. */
function longer(formula: Formula, root: NodeId, arg: Arg, id: NodeId): readonly Edit[] {
  const node = nodeOf(formula, root);
  if (!node) return [];
  const place = pointOf(formula, root);
  return [
    {
      type: 'addNode',
      id,
      node: { block: node.block, args: node.args },
      ...(place ? { at: { x: place.x - LEFT, y: place.y } } : {}),
    },
    { type: 'setArg', id: root, port: 'a', arg: { from: id } },
    { type: 'setArg', id: root, port: 'b', arg },
  ];
}

const setOrClear = (id: NodeId, port: string, arg: Arg | undefined): Edit =>
  arg === undefined ? { type: 'clearArg', id, port } : { type: 'setArg', id, port, arg };

/** The sign goes whose argument is taken off; its other side takes the place of the sign. */
function shorter(formula: Formula, root: NodeId, { id, port }: Owner, moved: Map<string, Owner>): readonly Edit[] {
  const members = chainsOf(formula).get(root);
  const index = members?.indexOf(id) ?? -1;
  if (!members || index < 0) return [{ type: 'clearArg', id, port }];
  if (id === root) {
    // That one is known to others: the sign before it goes.
    const before = members[index - 1] ?? root;
    const args = nodeOf(formula, before)?.args ?? {};
    for (const side of ['a', 'b']) moved.set(keyOf({ id: before, port: side }), { id: root, port: side });
    return [setOrClear(root, 'a', args['a']), setOrClear(root, 'b', args['b']), { type: 'removeNode', id: before }];
  }
  const reader = members[index + 1] ?? root;
  const other = port === 'a' ? 'b' : 'a';
  moved.set(keyOf({ id, port: other }), { id: reader, port: 'a' });
  return [setOrClear(reader, 'a', nodeOf(formula, id)?.args[other]), { type: 'removeNode', id }];
}
