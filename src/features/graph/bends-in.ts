import type { Edge } from '@xyflow/react';
import { ownerOf } from '#core/formula/chains/chain.ts';
import { bendsOf } from '#core/formula/model/bends.ts';
import type { Formula, NodeId, Point } from '#core/formula/model/formula.ts';

/** A wire that is led through points. */
export type BentEdge = Edge<
  {
    readonly bends: readonly Point[];
    /** Where the nodes at its ends stand while nobody drags them. */
    readonly standing: readonly [source: Point, target: Point];
  },
  'bent'
>;

/** The points through which a wire that is drawn is led. */
export function bendsIn(
  formula: Formula,
  { node, port }: { readonly node: NodeId; readonly port: string },
): readonly Point[] {
  const owner = ownerOf(node, port);
  return bendsOf(formula, owner.id, owner.port);
}
