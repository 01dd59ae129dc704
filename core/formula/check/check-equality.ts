import type { Graph, Vertex } from '../facts/graph.ts';
import type { PossibleValues } from '../facts/possible-values.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { isRef, type Arg, type NodeId } from '../model/formula.ts';
import { warningOf } from './report.ts';

/**
 * `==` and `!=` between computed numbers, which are almost never exactly equal. Whole numbers are, and so are prices
 * that were only picked (`close == highest(close, 20)`) and what is held (`position.size == 0`).
 */
export function* checkEquality(graph: Graph, possible: PossibleValues): Generator<Diagnostic> {
  const equalities = graph.sorted.filter(({ node }) => node.block === 'eq' || node.block === 'neq');
  const picked = equalities.length > 0 ? pickedValues(graph) : new Set<NodeId>();
  for (const { id, node } of equalities) {
    const sides = [node.args['a'], node.args['b']].filter((arg) => arg !== undefined);
    if (sides.every((arg) => isExact(arg, possible, picked))) continue;
    const symbol = node.block === 'eq' ? '==' : '!=';
    yield warningOf(
      id,
      'float-equality',
      `Computed numbers are almost never exactly equal: \`${symbol}\` rarely says what is meant. Compare with < or >, or write abs(a - b) < 0.01.`,
    );
  }
}

function isExact(arg: Arg, possible: PossibleValues, picked: ReadonlySet<NodeId>): boolean {
  const { min, max, integer } = possible.range(arg);
  return integer || min === max || (isRef(arg) && picked.has(arg.from));
}

function pickedValues({ sorted }: Graph): Set<NodeId> {
  const picked = new Set<NodeId>();
  const isPicked = (arg: Arg | undefined) => !isRef(arg) || picked.has(arg.from);
  for (const vertex of sorted) if (picksFrom(vertex, isPicked)) picked.add(vertex.id);
  return picked;
}

function picksFrom({ block, node: { args } }: Vertex, isPicked: (arg: Arg | undefined) => boolean): boolean {
  if (block?.kind === 'kernel')
    return block.selects === true && block.inputs.every((port) => isPicked(args[port.name]));
  return (
    block?.kind === 'feed' ||
    block?.kind === 'position' ||
    block?.kind === 'input' ||
    (block?.kind === 'value' && isPicked(args['x']))
  );
}
