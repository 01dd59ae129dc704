import type { Block } from '#core/formula/model/block.ts';
import type { Point } from '#core/formula/model/formula.ts';
import { freePlace, nodeHeight, type GraphView } from '#features/graph/index.ts';

/** Where a new node of this block covers no other: there, or beside. */
export const freeAt = (view: Pick<GraphView, 'placed'>, block: Block, { x, y }: Point): Point =>
  freePlace(view.placed(), { x: Math.round(x), y: Math.round(y) }, nodeHeight({ block: block.name, args: {} }));
