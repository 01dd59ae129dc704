import type { Edit } from '#core/formula/model/edit.ts';
import { isRef, type Formula, type NodeId } from '#core/formula/model/formula.ts';
import { standsElsewhere } from '../scope-view.ts';

/**
 * Takes nodes out of what is drawn. What stands in another graph of the formula, too, stays there: of such a node the
 * wires go that are drawn here.
 */
export function removeShown(formula: Formula, ids: ReadonlySet<NodeId>): readonly Edit[] {
  const staying = new Set([...ids].filter((id) => standsElsewhere(formula, id)));
  const cut = Object.entries(formula.nodes).flatMap(([id, { args }]): Edit[] =>
    ids.has(id)
      ? []
      : Object.entries(args).flatMap(([port, arg]): Edit[] =>
          isRef(arg) && staying.has(arg.from) ? [{ type: 'clearArg', id, port }] : [],
        ),
  );
  return [...[...ids].flatMap((id): Edit[] => (staying.has(id) ? [] : [{ type: 'removeNode', id }])), ...cut];
}
