import { sourcesOf } from '#core/formula/language/statements.ts';
import type { Block } from '#core/formula/model/block.ts';
import type { Edit } from '#core/formula/model/edit.ts';
import { isRef, nodeOf, type Formula, type NodeId, type Point } from '#core/formula/model/formula.ts';
import { addBlock, outputOf } from '../add-block.ts';
import type { Wire } from '../flow-edges.ts';
import { blockOf, connectionsIn } from '../scope-view.ts';

/**
 * Puts a node that is there onto a wire: the wire enters the node at its first port that fits, and goes on from there.
 * Null where the types don't allow that.
 */
export function insertNode(formula: Formula, id: NodeId, { node: target, port }: Wire): readonly Edit[] | null {
  const arg = nodeOf(formula, target)?.args[port];
  const node = nodeOf(formula, id);
  const out = outputOf(formula, id);
  if (!isRef(arg) || !node || !out || id === target || id === arg.from) return null;
  // Without the wire, which goes through the node from now on.
  const { [port]: _cut, ...args } = nodeOf(formula, target)?.args ?? {};
  const cut: Formula = {
    ...formula,
    nodes: { ...formula.nodes, [target]: { block: '', ...nodeOf(formula, target), args } },
  };
  const { whyNot } = connectionsIn(cut);
  const entry = blockOf(node)?.inputs.find(({ name }) => !isRef(node.args[name]) && whyNot(arg, id, name) === null);
  if (!entry) return null;
  // As it will be: of a node within a function that nothing reads, nobody knows what it gives.
  const wired: Formula = {
    ...cut,
    nodes: {
      ...cut.nodes,
      [id]: { ...node, args: { ...node.args, [entry.name]: arg } },
      [target]: { block: '', ...nodeOf(cut, target), args: { ...args, [port]: out } },
    },
  };
  const { whyNot: whyNotOn, areAlike } = connectionsIn(wired);
  if (!areAlike(arg, out) || whyNotOn(out, target, port) !== null) return null;
  return [
    { type: 'setArg', id, port: entry.name, arg },
    { type: 'setArg', id: target, port, arg: out },
  ];
}

/** Puts a new node of a block onto a wire; null where the types don't allow that. */
export function insertBlock(
  formula: Formula,
  block: Block,
  at: Point,
  wire: Wire,
): { readonly id: NodeId; readonly edits: readonly Edit[] } | null {
  const added = addBlock(formula, block, at, null);
  const [first] = added.edits;
  if (first?.type !== 'addNode' || block.kind === 'input') return null;
  const wiring = insertNode({ ...formula, nodes: { ...formula.nodes, [added.id]: first.node } }, added.id, wire);
  return wiring && { id: added.id, edits: [...added.edits, ...wiring] };
}

/** Whether a node has no wires: a node that has some is moved across wires without becoming part of one. */
export const isLoose = (formula: Formula, id: NodeId): boolean => {
  const node = nodeOf(formula, id);
  return (
    node !== undefined &&
    sourcesOf(node).length === 0 &&
    !Object.values(formula.nodes).some((other) => sourcesOf(other).includes(id))
  );
};
