import { analyse, wireType } from '../facts/analyse.ts';
import type { Vertex } from '../facts/graph.ts';
import { expand, type Expansion } from '../functions/expand.ts';
import { plainKind, type GivenType } from '../language/types.ts';
import { nodeOf, type Formula, type NodeId, type Ref } from '../model/formula.ts';
import { checkArguments, whyNotConnect } from './check-arguments.ts';

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
  const expansion = expand(formula);
  if (expansion.formula !== formula) return inFunctions(formula, expansion);
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
    areAlike: alike(typeOf),
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

function alike(typeOf: Connections['typeOf']): Connections['areAlike'] {
  const kindOf = (wire: Ref) => {
    const type = typeOf(wire);
    return type === undefined ? undefined : (plainKind(type) ?? type);
  };
  return (a, b) => kindOf(a) !== undefined && kindOf(a) === kindOf(b);
}

/** Of a formula with functions each wire is tried alone: the wire says how functions are to be written out. */
function inFunctions(formula: Formula, { formula: plain, origins }: Expansion): Connections {
  const analysis = analyse(plain);
  const copies = new Map([...origins].map(([copy, { id }]) => [id, copy]));
  const typeOf = (wire: Ref) => wireType(analysis, { ...wire, from: copies.get(wire.from) ?? wire.from });
  return {
    typeOf,
    areAlike: alike(typeOf),
    whyNot: (wire, to, port) => whyNotConnect(formula, wire, to, port),
  };
}
