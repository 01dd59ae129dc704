import { SCOPE } from '../language/functions.ts';
import { isRef, nodeOf, type Formula, type FormulaNode, type NodeId } from '../model/formula.ts';

/**
 * Blocks of two sides that people think of as one of many: `a and b and c`. The formula stays what code says, one node
 * for each sign; only the canvas draws a chain of them as one node.
 */
const CHAINED: ReadonlySet<string> = new Set(['and', 'or', 'add', 'mul', 'min', 'max']);

export const isChained = (block: string): boolean => CHAINED.has(block);

/** The port at which a chain takes one more. No block has a port of that name. */
export const FREE_PORT = '+';

/** An argument of the formula: what a port of a chain stands for. */
export interface Owner {
  readonly id: NodeId;
  readonly port: string;
}

const BETWEEN = '@';

/** A port of a chain, called by the argument that it is, so that it keeps its name while others come and go. */
export const chainPort = ({ id, port }: Owner): string => `${port}${BETWEEN}${id}`;

/** The argument that a port on the canvas stands for; of a node that is no chain, its own. */
export function ownerOf(id: NodeId, port: string): Owner {
  const at = port.indexOf(BETWEEN);
  return at < 0 ? { id, port } : { id: port.slice(at + 1), port: port.slice(0, at) };
}

export const isChainPort = (port: string): boolean => port.includes(BETWEEN);

/** The arguments of a chain in the order of the code, from its innermost sign on. */
export const ownersOf = (members: readonly NodeId[]): readonly Owner[] =>
  members.flatMap((id, index): Owner[] =>
    index === 0
      ? [
          { id, port: 'a' },
          { id, port: 'b' },
        ]
      : [{ id, port: 'b' }],
  );

const known = new WeakMap<Formula['nodes'], ReadonlyMap<NodeId, readonly NodeId[]>>();

/**
 * The chains of a formula, by the node that stands for each: its members, the innermost first, that node last. A chain
 * goes along the left sides alone, as `a + b + c` is read: what is in brackets is computed in another order, and is a
 * node of its own. A member is read by nothing else, and nothing is said of it: no name, no comment, no mute.
 */
export function chainsOf(formula: Pick<Formula, 'nodes'>): ReadonlyMap<NodeId, readonly NodeId[]> {
  const found = known.get(formula.nodes);
  if (found) return found;
  const inner = innerOf(formula);
  const members = new Set(inner.values());
  const chains = new Map<NodeId, readonly NodeId[]>();
  for (const root of inner.keys()) {
    // What reads itself in a circle has no end, and is drawn node by node.
    if (members.has(root)) continue;
    const chain = [root];
    for (let id = inner.get(root); id !== undefined; id = inner.get(id)) chain.push(id);
    chains.set(root, chain.reverse());
  }
  known.set(formula.nodes, chains);
  return chains;
}

/** For each sign the one at its left side that belongs to the same chain. */
function innerOf({ nodes }: Pick<Formula, 'nodes'>): ReadonlyMap<NodeId, NodeId> {
  const inner = new Map<NodeId, NodeId>();
  const uses = new Map<NodeId, number>();
  let hasChained = false;
  for (const id in nodes) if (isChained(nodes[id]?.block ?? '')) hasChained = true;
  if (!hasChained) return inner;
  for (const id in nodes) {
    const args = nodes[id]?.args ?? {};
    for (const port in args) {
      const arg = args[port];
      if (isRef(arg)) uses.set(arg.from, (uses.get(arg.from) ?? 0) + 1);
    }
  }
  for (const id in nodes) {
    const node = nodeOf({ nodes }, id);
    const left = node?.args['a'];
    if (!node || !isChained(node.block) || node.muted || !isRef(left) || left.output !== undefined) continue;
    const child = nodeOf({ nodes }, left.from);
    if (child && left.from !== id && uses.get(left.from) === 1 && isMember(child, node)) inner.set(id, left.from);
  }
  return inner;
}

const isMember = (child: FormulaNode, reader: FormulaNode): boolean =>
  child.block === reader.block &&
  child.name === undefined &&
  child.comment === undefined &&
  child.muted !== true &&
  homeOf(child) === homeOf(reader);

const homeOf = ({ args }: FormulaNode): NodeId | undefined => {
  const arg = args[SCOPE];
  return isRef(arg) ? arg.from : undefined;
};

/** The nodes with all that is drawn as a part of them. */
export function withMembers(formula: Pick<Formula, 'nodes'>, ids: Iterable<NodeId>): ReadonlySet<NodeId> {
  const chains = chainsOf(formula);
  return new Set([...ids].flatMap((id) => chains.get(id) ?? [id]));
}

/** For each node that is drawn as a part of another: that other one. */
export function rootsOf(formula: Pick<Formula, 'nodes'>): ReadonlyMap<NodeId, NodeId> {
  return new Map([...chainsOf(formula)].flatMap(([root, members]) => members.map((id) => [id, root] as const)));
}
