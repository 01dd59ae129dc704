import { CALLEE, calleeOf, functionsOf, scopeOf } from '../language/functions.ts';
import type { Edit } from '../model/edit.ts';
import { argOf, nodeOf, type Arg, type Formula, type NodeId } from '../model/formula.ts';

/**
 * A parameter that is called otherwise is so where the function is called, too; one that goes takes its arguments
 * along.
 */
export function withCalls(formula: Formula, edits: readonly Edit[]): readonly Edit[] {
  if (functionsOf(formula).size === 0) return edits;
  const going = new Set(edits.flatMap((edit) => (edit.type === 'removeNode' ? [edit.id] : [])));
  return edits.flatMap((edit): readonly Edit[] => {
    if (edit.type !== 'setName' && edit.type !== 'removeNode') return [edit];
    const after = edit.type === 'setName' ? edit.name : null;
    const before = nodeOf(formula, edit.id)?.name;
    if (before === after || (edit.type === 'setName' && after === null)) return [edit];
    return [
      edit,
      ...argumentsOf(formula, edit.id).flatMap(({ id, port, arg }): Edit[] => {
        if (going.has(id)) return [];
        const clear: Edit = { type: 'clearArg', id, port };
        return after === null ? [clear] : [clear, { type: 'setArg', id, port: after, arg }];
      }),
    ];
  });
}

interface Given {
  readonly id: NodeId;
  readonly port: string;
  readonly arg: Arg;
}

/** What calls give to a parameter; nothing of another node. */
function argumentsOf(formula: Formula, id: NodeId): readonly Given[] {
  const param = nodeOf(formula, id);
  const { name: port } = param ?? {};
  if (param?.block !== 'param' || port === undefined || port === CALLEE) return [];
  const fn = scopeOf(formula, param);
  return Object.entries(formula.nodes).flatMap(([call, node]) => {
    const arg = argOf(node, port);
    return fn === undefined || calleeOf(formula, node) !== fn || arg === undefined ? [] : [{ id: call, port, arg }];
  });
}
