import { findOutput } from '#core/formula/blocks/catalogue.ts';
import { customaryOf } from '#core/formula/blocks/field-names.ts';
import type { Block } from '#core/formula/model/block.ts';
import type { Edit } from '#core/formula/model/edit.ts';
import {
  isRef,
  nodeOf as findNode,
  type Formula,
  type FormulaNode,
  type NodeId,
  type Point,
  type Ref,
} from '#core/formula/model/formula.ts';
import { newNodeId } from '#core/formula/model/node-id.ts';
import { blockOf, callOf, connectionsIn } from './scope-view.ts';

/** A wire that was drawn into empty canvas: from an output onwards, or from an input backwards. */
export type Dangling = { readonly from: Ref } | { readonly to: { readonly node: NodeId; readonly port: string } };

const freshId = (): NodeId => newNodeId(Math.random);

/** A new node with what it can't do without. */
function nodeOf(formula: Formula, block: Block): FormulaNode {
  if (block.kind === 'call') return callOf(formula, block);
  if (block.kind !== 'input' && block.kind !== 'value') return { block: block.name, args: customaryOf(block) };
  const taken = new Set(Object.values(formula.nodes).map((node) => node.name));
  let count = 1;
  while (taken.has(`${block.name}${count}`)) count += 1;
  return { block: block.name, name: `${block.name}${count}`, args: block.kind === 'input' ? { value: 10 } : { x: 0 } };
}

/** Adds a block, with the wire that asked for it. */
export function addBlock(
  formula: Formula,
  block: Block,
  at: Point,
  dangling: Dangling | null,
): { readonly id: NodeId; readonly edits: readonly Edit[] } {
  const id = freshId();
  const node = nodeOf(formula, block);
  const edits: Edit[] = [{ type: 'addNode', id, node, at }];
  if (dangling && 'to' in dangling) {
    edits.push({ type: 'setArg', id: dangling.to.node, port: dangling.to.port, arg: wireFrom(block, id) });
  } else if (dangling) {
    const port = fittingPort(formula, block, dangling.from);
    if (port !== null) edits.push({ type: 'setArg', id, port, arg: dangling.from });
  }
  return { id, edits };
}

const wireFrom = (block: Block, id: NodeId): Ref => {
  const [first] = block.outputs;
  return block.outputs.length > 1 && block.kind !== 'feed' && first ? { from: id, output: first.name } : { from: id };
};

/** The first port of a block that would take the wire. */
function fittingPort(formula: Formula, block: Block, wire: Ref): string | null {
  const node = block.kind === 'call' ? callOf(formula, block) : { block: block.name, args: {} };
  const trial: Formula = { ...formula, nodes: { ...formula.nodes, trial: node } };
  const { whyNot } = connectionsIn(trial);
  return block.inputs.find((port) => whyNot(wire, 'trial', port.name) === null)?.name ?? null;
}

/** The first port of a node that takes the wire and has none yet. */
export function freePort(formula: Formula, id: NodeId, wire: Ref): string | null {
  const node = findNode(formula, id);
  const { whyNot } = connectionsIn(formula);
  return (
    blockOf(node)?.inputs.find(({ name }) => !isRef(node?.args[name]) && whyNot(wire, id, name) === null)?.name ?? null
  );
}

/** A wire from the first output of a node; null of an action, which has none. */
export function outputOf(formula: Formula, id: NodeId): Ref | null {
  const block = blockOf(findNode(formula, id));
  return block && block.outputs.length > 0 ? wireFrom(block, id) : null;
}

/**
 * Those blocks that can stand at the loose end of a wire. The formula is analysed once, with a node of each of them.
 */
export function fittingBlocks(formula: Formula, blocks: readonly Block[], dangling: Dangling): ReadonlySet<Block> {
  const trials = blocks.map((block) => [`trial ${block.name}`, block] as const);
  const nodes = trials.map(([id, block]) => [id, nodeOf(formula, block)] as const);
  const { whyNot } = connectionsIn({ ...formula, nodes: { ...formula.nodes, ...Object.fromEntries(nodes) } });
  const fits = (id: NodeId, block: Block): boolean => {
    if ('to' in dangling)
      return block.outputs.length > 0 && whyNot(wireFrom(block, id), dangling.to.node, dangling.to.port) === null;
    return block.kind !== 'input' && block.inputs.some(({ name }) => whyNot(dangling.from, id, name) === null);
  };
  return new Set(trials.flatMap(([id, block]) => (fits(id, block) ? [block] : [])));
}

/** React Flow's handles as a wire of the formula. */
export function wireOf(formula: Formula, source: NodeId, handle: string | null | undefined): Ref {
  const block = blockOf(findNode(formula, source));
  if (!block || handle === 'feed' || handle === null || handle === undefined) return { from: source };
  return block.outputs.length > 1 && findOutput(block, handle) ? { from: source, output: handle } : { from: source };
}
