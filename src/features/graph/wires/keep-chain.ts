import type { Edit } from '#core/formula/model/edit.ts';
import { isRef, nodeOf, type Formula, type NodeId, type Ref } from '#core/formula/model/formula.ts';
import { wireId } from '../flow-edges.ts';
import { connectionsIn } from '../scope-view.ts';
import { removeShown } from './remove-shown.ts';

/**
 * Takes nodes away and joins what they stood between: each wire from one of them comes from what entered that node
 * instead, from the first of its inputs that carries the same, a number or a condition. Where none does, the wire goes
 * with the node.
 */
export function removeKeepingChain(formula: Formula, ids: ReadonlySet<NodeId>): readonly Edit[] {
  const { whyNot, areAlike } = connectionsIn(formula);
  const joined = Object.entries(formula.nodes).flatMap(([id, node]): Edit[] => {
    if (ids.has(id)) return [];
    return Object.entries(node.args).flatMap(([port, arg]): Edit[] => {
      if (!isRef(arg) || !ids.has(arg.from)) return [];
      const next = sourcesBefore(formula, arg.from, ids).find(
        (source) => areAlike(source, arg) && whyNot(source, id, port) === null,
      );
      return next ? [{ type: 'setArg', id, port, arg: next }] : [];
    });
  });
  const gone = new Set([...ids].filter((id) => nodeOf(formula, id)));
  const isJoined = new Set(
    joined.flatMap((edit) => (edit.type === 'setArg' ? [wireId({ ...edit, node: edit.id })] : [])),
  );
  const removed = removeShown(formula, gone).filter(
    (edit) => edit.type !== 'clearArg' || !isJoined.has(wireId({ ...edit, node: edit.id })),
  );
  return [...joined, ...removed];
}

/** What enters a node, in the order of its arguments; instead of a node that goes, what enters that one. */
function sourcesBefore(formula: Formula, first: NodeId, ids: ReadonlySet<NodeId>): Ref[] {
  const seen = new Set<NodeId>();
  const sourcesOf = (id: NodeId): Ref[] => {
    // A formula may have a circle.
    if (seen.has(id)) return [];
    seen.add(id);
    return Object.values(nodeOf(formula, id)?.args ?? {}).flatMap((arg): Ref[] => {
      if (!isRef(arg)) return [];
      return ids.has(arg.from) ? sourcesOf(arg.from) : nodeOf(formula, arg.from) ? [arg] : [];
    });
  };
  return sourcesOf(first);
}
