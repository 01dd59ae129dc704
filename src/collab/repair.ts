import { isRef, type Arg, type Formula, type FormulaNode, type NodeId, type Ref } from '#core/formula/formula.ts';
import { dataflowOrder } from '#core/formula/order.ts';
import { argKey } from './layout.ts';

/** What was set right when the document was read, since several people's edits did not fit together. The document keeps what it has. */
export type Repair =
  /** Two people gave the same name; this node carries another until somebody renames one. */
  | { readonly kind: 'renamed'; readonly nodeId: NodeId; readonly name: string; readonly to: string }
  /** The wire comes from a node that is deleted or was never there. */
  | { readonly kind: 'lostWire'; readonly nodeId: NodeId; readonly port: string; readonly from: NodeId }
  /** The wire closes a cycle. */
  | { readonly kind: 'cutWire'; readonly nodeId: NodeId; readonly port: string; readonly from: NodeId }
  /** The value is nothing that a formula can hold. */
  | { readonly kind: 'unknownValue'; readonly nodeId: NodeId; readonly port: string };

/** Makes a formula whole: every wire from a node that is there, no cycles, no name twice. Depends on the formula alone. */
export function repairFormula(formula: Formula): { formula: Formula; repairs: readonly Repair[] } {
  const lost = wiresOf(formula.nodes).filter(({ from }) => !Object.hasOwn(formula.nodes, from));
  const connected = withoutWires(formula.nodes, lost);
  const cut = closingWires({ ...formula, nodes: connected });
  const acyclic = withoutWires(connected, cut);
  const { nodes, renamed } = uniqueNames(acyclic);
  const repairs: Repair[] = [
    ...lost.map((wire) => ({ kind: 'lostWire', ...wire }) as const),
    ...cut.map((wire) => ({ kind: 'cutWire', ...wire }) as const),
    ...renamed,
  ];
  return { formula: repairs.length > 0 ? { ...formula, nodes } : formula, repairs };
}

type Nodes = Formula['nodes'];
interface Wire {
  readonly nodeId: NodeId;
  readonly port: string;
  readonly from: NodeId;
}

function wiresOf(nodes: Nodes): Wire[] {
  return Object.entries(nodes).flatMap(([nodeId, { args }]) =>
    Object.entries(args)
      .filter((entry): entry is [string, Ref] => isRef(entry[1]))
      .map(([port, { from }]) => ({ nodeId, port, from })),
  );
}

function withoutWires(nodes: Nodes, wires: readonly Wire[]): Nodes {
  if (wires.length === 0) return nodes;
  const keys = new Set(wires.map(({ nodeId, port }) => argKey(nodeId, port)));
  const strip = (id: NodeId, args: FormulaNode['args']): Record<string, Arg> =>
    Object.fromEntries(Object.entries(args).filter(([port]) => !keys.has(argKey(id, port))));
  return Object.fromEntries(Object.entries(nodes).map(([id, node]) => [id, { ...node, args: strip(id, node.args) }]));
}

/** Of each cycle one wire: the last by the ids of its ends, so that everybody cuts the same. */
function closingWires(formula: Formula): Wire[] {
  const stuck = new Set(dataflowOrder(formula).stuck);
  if (stuck.size === 0) return [];
  const key = ({ nodeId, port, from }: Wire): string => JSON.stringify([nodeId, port, from]);
  const suspects = wiresOf(formula.nodes).filter(({ nodeId, from }) => stuck.has(nodeId) && stuck.has(from));
  suspects.sort((a, b) => (key(a) < key(b) ? -1 : 1));
  const kept = new Map<NodeId, NodeId[]>();
  return suspects.filter(({ nodeId, from }) => {
    if (reaches(kept, nodeId, from)) return true;
    kept.set(from, [...(kept.get(from) ?? []), nodeId]);
    return false;
  });
}

function reaches(next: ReadonlyMap<NodeId, readonly NodeId[]>, start: NodeId, goal: NodeId): boolean {
  const seen = new Set([start]);
  const open = [start];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === goal) return true;
    for (const to of next.get(id) ?? []) {
      if (!seen.has(to)) open.push(to);
      seen.add(to);
    }
  }
  return false;
}

/** The node with the smallest id keeps the name. */
function uniqueNames(nodes: Nodes): { nodes: Nodes; renamed: Repair[] } {
  const taken = new Set(Object.values(nodes).map(({ name }) => name));
  const owners = new Set<string>();
  const renamed: Extract<Repair, { kind: 'renamed' }>[] = [];
  for (const nodeId of Object.keys(nodes).sort()) {
    const name = nodes[nodeId]?.name;
    if (name === undefined) continue;
    if (owners.has(name)) {
      const to = freeName(name, taken);
      taken.add(to);
      renamed.push({ kind: 'renamed', nodeId, name, to });
    }
    owners.add(name);
  }
  const names = new Map(renamed.map(({ nodeId, to }) => [nodeId, to]));
  return { nodes: Object.fromEntries(Object.entries(nodes).map(([id, node]) => [id, rename(node, names.get(id))])), renamed };
}

const rename = (node: FormulaNode, name: string | undefined): FormulaNode => (name === undefined ? node : { ...node, name });

function freeName(name: string, taken: ReadonlySet<string | undefined>): string {
  let number = 2;
  while (taken.has(`${name}_${number}`)) number += 1;
  return `${name}_${number}`;
}
