import { isChainPort } from '#core/formula/chains/chain.ts';
import type { Edit } from '#core/formula/model/edit.ts';
import { isRef, type Formula, type NodeId } from '#core/formula/model/formula.ts';
import { standsElsewhere, withDrawnMembers } from '../scope-view.ts';

/**
 * Takes nodes out of what is drawn. What stands in another graph of the formula, too, stays there: of such a node the
 * wires go that are drawn here. A chain from which a wire goes has a port less.
 */
export function removeShown(formula: Formula, ids: ReadonlySet<NodeId>): readonly Edit[] {
  const staying = new Set([...ids].filter((id) => standsElsewhere(formula, id)));
  const cut = Object.entries(formula.nodes).flatMap(([id, { args }]): Edit[] =>
    ids.has(id)
      ? []
      : Object.entries(args).flatMap(([port, arg]): Edit[] =>
          isRef(arg) && (staying.has(arg.from) || (isChainPort(port) && ids.has(arg.from)))
            ? [{ type: 'clearArg', id, port }]
            : [],
        ),
  );
  const gone = withDrawnMembers(
    formula,
    [...ids].filter((id) => !staying.has(id)),
  );
  return [...[...gone].map((id): Edit => ({ type: 'removeNode', id })), ...cut];
}
