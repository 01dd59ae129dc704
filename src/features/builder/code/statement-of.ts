import { statementsOf } from '#core/formula/language/statements.ts';
import { isRef, type Formula, type NodeId } from '#core/formula/model/formula.ts';

/** Finds the statement that a node is written in; undefined for a node that is in none. */
export function statementFinder(formula: Formula): (id: NodeId) => NodeId | undefined {
  const statements = new Set(statementsOf(formula).order);
  const user = new Map<NodeId, NodeId>();
  for (const [id, { args }] of Object.entries(formula.nodes))
    for (const arg of Object.values(args)) if (isRef(arg)) user.set(arg.from, id);
  return (id) => {
    const seen = new Set<NodeId>();
    let at: NodeId | undefined = id;
    while (at !== undefined && !statements.has(at) && !seen.has(at)) {
      seen.add(at);
      at = user.get(at);
    }
    return at !== undefined && statements.has(at) ? at : undefined;
  };
}
