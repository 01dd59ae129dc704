import { dataflowOrder } from '#core/formula/facts/dataflow-order.ts';
import { CALLEE, calleeOf, functionsOf, scopeOf } from '#core/formula/language/functions.ts';
import { bendsOfWires } from '#core/formula/model/bends.ts';
import {
  isRef,
  nodeOf,
  type Arg,
  type Formula,
  type FormulaNode,
  type NodeId,
  type Ref,
} from '#core/formula/model/formula.ts';
import { argKey } from './document-roots.ts';

/**
 * What was set right when the document was read, since several people's edits did not fit together. The document keeps
 * what it has.
 */
export type Repair =
  /** Two people gave the same name; this node carries another until somebody renames one. */
  | { readonly kind: 'renamed'; readonly nodeId: NodeId; readonly name: string; readonly to: string }
  /** The wire comes from a node that is deleted or was never there. */
  | { readonly kind: 'lostWire'; readonly nodeId: NodeId; readonly port: string; readonly from: NodeId }
  /** The wire closes a cycle. */
  | { readonly kind: 'cutWire'; readonly nodeId: NodeId; readonly port: string; readonly from: NodeId }
  /** The value is nothing that a formula can hold. */
  | { readonly kind: 'unknownValue'; readonly nodeId: NodeId; readonly port: string };

/**
 * Makes a formula whole: every wire from a node that is there, no cycles, no name twice. Depends on the formula alone.
 */
export function repairFormula(whole: Formula): { formula: Formula; repairs: readonly Repair[] } {
  const formula = withoutHollow(whole);
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
  if (repairs.length === 0 && formula === whole) return { formula, repairs };
  const { bends, ...rest } = formula;
  const made = repairs.length > 0 ? nodes : formula.nodes;
  return { formula: { ...rest, nodes: made, ...bendsOfWires(made, bends) }, repairs };
}

/**
 * Without functions that are hollow: two people have made a function of the same nodes, the nodes are part of one of
 * the two, and the other has results alone that lead out of it. Its call goes too, where nothing reads the call.
 */
function withoutHollow(formula: Formula): Formula {
  const functions = functionsOf(formula);
  if (functions.size < 2) return formula;
  const leadsOut = (fn: NodeId, result: NodeId): boolean => {
    const x = formula.nodes[result]?.args['x'];
    const source = isRef(x) ? nodeOf(formula, x.from) : undefined;
    const scope = source && scopeOf(formula, source);
    return scope !== undefined && scope !== fn;
  };
  const hollow = [...functions.values()].filter(
    ({ id, all, params, results }) =>
      results.length > 0 &&
      all.length === params.length + results.length &&
      results.every((result) => leadsOut(id, result)),
  );
  if (hollow.length === 0) return formula;
  const read = new Set(wiresOf(formula.nodes).flatMap(({ port, from }) => (port === CALLEE ? [] : [from])));
  const gone = new Set(
    hollow.flatMap(({ id, all }) => {
      const calls = Object.keys(formula.nodes).filter(
        (call) => calleeOf(formula, formula.nodes[call] ?? NOTHING) === id,
      );
      return calls.some((call) => read.has(call)) ? [] : [id, ...all, ...calls];
    }),
  );
  return { ...formula, nodes: Object.fromEntries(Object.entries(formula.nodes).filter(([id]) => !gone.has(id))) };
}

const NOTHING: FormulaNode = { block: '', args: {} };

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

/**
 * Of each cycle one wire, so that everybody cuts the same: goes along the wires, beginning with the largest id, and
 * cuts those that lead back to a node that it is on its way from. Looks at each wire once, and keeps the way in a list
 * of its own, however long it is.
 */
function closingWires(formula: Formula): Wire[] {
  const stuck = new Set(dataflowOrder(formula).stuck);
  if (stuck.size === 0) return [];
  const suspects = wiresOf(formula.nodes).filter(({ nodeId, from }) => stuck.has(nodeId) && stuck.has(from));
  suspects.sort((a, b) => compare(a.nodeId, b.nodeId) || compare(a.port, b.port));
  const leaving = new Map<NodeId, Wire[]>();
  for (const wire of suspects) {
    const wires = leaving.get(wire.from);
    if (wires) wires.push(wire);
    else leaving.set(wire.from, [wire]);
  }
  const closing: Wire[] = [];
  const begun = new Set<NodeId>();
  const onWay = new Set<NodeId>();
  const way: { readonly id: NodeId; readonly wires: readonly Wire[]; next: number }[] = [];
  const enter = (id: NodeId): void => {
    begun.add(id);
    onWay.add(id);
    way.push({ id, wires: leaving.get(id) ?? [], next: 0 });
  };
  for (const start of [...stuck].sort().reverse()) {
    if (!begun.has(start)) enter(start);
    for (let at = way.at(-1); at; at = way.at(-1)) {
      const wire = at.wires[at.next];
      at.next += 1;
      if (!wire) {
        onWay.delete(at.id);
        way.pop();
      } else if (onWay.has(wire.nodeId)) closing.push(wire);
      else if (!begun.has(wire.nodeId)) enter(wire.nodeId);
    }
  }
  return closing.sort((a, b) => compare(a.nodeId, b.nodeId) || compare(a.port, b.port));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The node with the smallest id keeps the name. */
function uniqueNames(nodes: Nodes): { nodes: Nodes; renamed: Repair[] } {
  const taken = new Set(Object.values(nodes).map(({ name }) => name));
  // Inputs are known in every function, so that nothing there has their names.
  const inputs = new Set(Object.values(nodes).flatMap(({ block, name }) => (block === 'input' ? (name ?? []) : [])));
  const owners = new Set<string>();
  const numbers = new Map<string, number>();
  const renamed: Extract<Repair, { kind: 'renamed' }>[] = [];
  for (const nodeId of Object.keys(nodes).sort()) {
    const name = nodes[nodeId]?.name;
    const node = nodes[nodeId];
    if (name === undefined || !node) continue;
    const scope = scopeOf({ nodes }, node);
    // Results have names of their own.
    const owner = scope === undefined ? name : `${scope} ${node.block === 'result' ? 'result ' : ''}${name}`;
    if (owners.has(owner) || (scope !== undefined && node.block !== 'result' && inputs.has(name))) {
      const to = freeName(name, taken, numbers);
      taken.add(to);
      renamed.push({ kind: 'renamed', nodeId, name, to });
    }
    owners.add(owner);
  }
  const names = new Map(renamed.map(({ nodeId, to }) => [nodeId, to]));
  return {
    nodes: Object.fromEntries(Object.entries(nodes).map(([id, node]) => [id, rename(node, names.get(id))])),
    renamed,
  };
}

const rename = (node: FormulaNode, name: string | undefined): FormulaNode =>
  name === undefined ? node : { ...node, name };

/** `numbers`: by name, the first number that may be free; all lower numbers are taken. */
function freeName(name: string, taken: ReadonlySet<string | undefined>, numbers: Map<string, number>): string {
  let number = numbers.get(name) ?? 2;
  while (taken.has(`${name}_${number}`)) number += 1;
  numbers.set(name, number + 1);
  return `${name}_${number}`;
}
