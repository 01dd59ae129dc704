'use client';
import { useCallback } from 'react';
import type { Block } from '#core/formula/model/block.ts';
import type { Point } from '#core/formula/model/formula.ts';
import {
  addBlock,
  insertBlock,
  nodeHeight,
  NODE_WIDTH,
  useGraphView,
  type Dangling,
  type Wire,
} from '#features/graph/index.ts';
import { toast } from '#ui/feedback/toaster.tsx';
import { intoScope, standsOutside, useOpenFunction } from '../functions/index.ts';
import { useFormulaSession } from '../session/use-session.ts';
import { useBlockHabits } from '../workspace/index.ts';
import { freeAt } from './free-at.ts';

/** What a new block is for: the loose end of a wire, a place on a wire, or nothing yet. */
export type Wanted = Dangling | { readonly onto: Wire } | null;

/** Adds a block at a place of the graph, wired to what it is for, and selects the new node. */
export function useAddAt(): (block: Block, at: Point, wanted: Wanted) => void {
  const session = useFormulaSession();
  const view = useGraphView();
  const { use } = useBlockHabits();
  const { scope } = useOpenFunction();
  return useCallback(
    (block, at, wanted) => {
      if (scope !== null && standsOutside(block.name))
        return void toast.error('Actions and inputs stand outside of functions');
      const { formula } = view.placed();
      const isOnto = wanted !== null && 'onto' in wanted;
      // On a wire, the middle of the node is where the pointer was.
      const half = { x: NODE_WIDTH / 2, y: nodeHeight({ block: block.name, args: {} }) / 2 };
      const place = freeAt(view, block, isOnto ? { x: at.x - half.x, y: at.y - half.y } : at);
      const added = isOnto
        ? (insertBlock(formula, block, place, wanted.onto) ?? addBlock(formula, block, place, null))
        : addBlock(formula, block, place, wanted);
      session.edit(intoScope(added.edits, scope));
      session.select([added.id]);
      use(block.name);
    },
    [session, view, scope, use],
  );
}
