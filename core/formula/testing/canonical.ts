import { findBlock } from '../blocks/catalogue.ts';
import { wordsIn } from '../language/node-parts.ts';
import { statementsOf } from '../language/statements.ts';
import { isRef, nodeOf, type Arg, type Formula, type FormulaNode, type NodeId } from '../model/formula.ts';

/**
 * What a formula says, without its ids and layout: its statements in their order with the names that code gives them,
 * each node with its wires as the places of nodes in this list.
 */
export function canonical(formula: Formula): unknown {
  const { order, names } = statementsOf(formula);
  const places = new Map<NodeId, number>();
  const visit = (start: NodeId): void => {
    const open = [start];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      const node = nodeOf(formula, id);
      if (!node || places.has(id)) continue;
      places.set(id, places.size);
      open.push(
        ...sortedArgs(node)
          .flatMap(([, arg]) => (isRef(arg) ? [arg.from] : []))
          .reverse(),
      );
    }
  };
  order.forEach(visit);
  const plainArg = (arg: Arg): unknown => {
    if (!isRef(arg)) return arg;
    const isOnly = findBlock(nodeOf(formula, arg.from)?.block ?? '')?.outputs.length === 1;
    return { from: places.get(arg.from), ...(arg.output === undefined || isOnly ? {} : { output: arg.output }) };
  };
  const nodes = [...places.keys()].map((id) => {
    const node = formula.nodes[id] ?? { block: '', args: {} };
    const { block, comment, spaced, muted } = node;
    return {
      block,
      name: names.get(id),
      comment,
      spaced,
      muted,
      words: wordsIn(node),
      args: sortedArgs(formula.nodes[id]).map(([port, arg]) => [port, plainArg(arg)]),
    };
  });
  return { epilogue: formula.epilogue, nodes };
}

const sortedArgs = (node: FormulaNode | undefined): [string, Arg][] =>
  Object.entries(node?.args ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));

/** Another document of the same strategy: other ids, another layout, arguments in another order. */
export function inOtherIds(formula: Formula): Formula {
  const other = (id: NodeId): NodeId => `other-${id}`;
  const nodes = Object.entries(formula.nodes).map(([id, node]): [NodeId, FormulaNode] => {
    const args = Object.entries(node.args)
      .reverse()
      .map(([port, arg]): [string, Arg] => [port, isRef(arg) ? { ...arg, from: other(arg.from) } : arg]);
    return [other(id), { ...node, args: Object.fromEntries(args) }];
  });
  return {
    ...formula,
    nodes: Object.fromEntries(nodes),
    layout: Object.fromEntries(nodes.map(([id], index) => [id, { x: index, y: -index }])),
  };
}
