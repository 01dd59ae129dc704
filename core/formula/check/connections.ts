import { analyse, wireType } from '../facts/analyse.ts';
import type { Vertex } from '../facts/graph.ts';
import { expand } from '../functions/expand.ts';
import { natureOf, type Calling } from '../functions/kind-of.ts';
import { calleeOf, scopeOf } from '../language/functions.ts';
import { plainKind, type GivenType } from '../language/types.ts';
import { nodeOf, type Formula, type NodeId, type Ref } from '../model/formula.ts';
import { checkArguments } from './check-arguments.ts';
import { withStandIns } from './stand-ins.ts';
import { whyNotConnect } from './why-not-connect.ts';

export interface Connections {
  /** Why a wire does not fit a port of a node; null when it does. */
  whyNot(wire: Ref, to: NodeId, port: string): string | null;
  /**
   * Whether two wires carry the same: then one may take the place of the other without a change of what is computed of
   * them.
   */
  areAlike(a: Ref, b: Ref): boolean;
  /** What a wire carries; undefined where nothing can be said. */
  typeOf(wire: Ref): GivenType | undefined;
}

/**
 * The answers of `whyNotConnect` to many questions about one formula: the formula is analysed once, not once a
 * question. A canvas asks about every port in sight while somebody holds a wire.
 */
export function connectionsOf(formula: Formula): Connections {
  if (expand(formula).formula !== formula) return inFunctions(formula);
  const analysis = analyse(formula);
  const { graph } = analysis;
  const ancestors = new Map<NodeId, ReadonlySet<Vertex>>();
  const ancestorsOf = (id: NodeId): ReadonlySet<Vertex> => {
    const known = ancestors.get(id);
    if (known) return known;
    const first = graph.find(id);
    const found = new Set(first ? [first] : []);
    for (const { sources } of found) for (const source of sources) found.add(source);
    ancestors.set(id, found);
    return found;
  };
  const typeOf = (wire: Ref) => wireType(analysis, wire);
  return {
    typeOf,
    areAlike: alike((wire) => kindOf(typeOf(wire))),
    whyNot: (wire, to, port) => {
      const vertex = graph.find(to);
      const node = nodeOf(formula, to);
      if (!vertex || !node) return 'The node is gone.';
      if (ancestorsOf(wire.from).has(vertex)) return 'The wire would close a circle: a value can not depend on itself.';
      const wired: Vertex = { ...vertex, node: { ...node, args: { ...node.args, [port]: wire } } };
      return checkArguments(analysis, wired).find(({ port: about }) => about === port)?.message ?? null;
    },
  };
}

type Kind = ReturnType<typeof plainKind> | GivenType | undefined;

const kindOf = (type: GivenType | undefined): Kind => (type === undefined ? undefined : (plainKind(type) ?? type));

const alike =
  (kind: (wire: Ref) => Kind): Connections['areAlike'] =>
  (a, b) =>
    kind(a) !== undefined && kind(a) === kind(b);

/**
 * Of a formula with functions each wire is tried alone: the wire says how functions are to be written out. What stands
 * in a function is what the function is called with; a parameter is no node of what is written out.
 */
function inFunctions(formula: Formula): Connections {
  const whole = withStandIns(formula);
  const { formula: plain, origins } = expand(whole);
  const analysis = analyse(plain);
  const copies = new Map([...origins].map(([copy, { id }]) => [id, copy]));
  const calls = new Map<NodeId, NodeId>();
  for (const [id, node] of Object.entries(whole.nodes)) {
    const callee = calleeOf(whole, node);
    if (callee !== undefined && !calls.has(callee)) calls.set(callee, id);
  }
  const typeOf = (wire: Ref) => wireType(analysis, { ...wire, from: copies.get(wire.from) ?? wire.from });
  return {
    typeOf,
    areAlike: alike((wire) => {
      const { kind } = natureOf(whole, wire, callAround(whole, calls, wire.from));
      return kindOf(typeOf(wire)) ?? (kind === 'bool' ? 'condition' : (kind ?? undefined));
    }),
    whyNot: (wire, to, port) => whyNotConnect(formula, wire, to, port),
  };
}

/** Functions within one another: more than can be called so are a circle. */
const DEEPEST = 50;

/** A call of the function in which a node stands. */
function callAround(formula: Formula, calls: ReadonlyMap<NodeId, NodeId>, id: NodeId, depth = 0): Calling | undefined {
  const node = nodeOf(formula, id);
  const at = node && calls.get(scopeOf(formula, node) ?? '');
  if (at === undefined || depth > DEEPEST) return undefined;
  const within = callAround(formula, calls, at, depth + 1);
  return { at, ...(within ? { within } : {}) };
}
