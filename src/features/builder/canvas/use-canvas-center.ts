'use client';
import { useCallback } from 'react';
import type { Block } from '#core/formula/model/block.ts';
import type { Point } from '#core/formula/model/formula.ts';
import { NODE_WIDTH, useGraphView } from '#features/graph/index.ts';
import { freeAt } from './free-at.ts';

/** Where a new node of a block stands: in the middle of what is in sight, or beside what is there already. */
export function useCanvasCenter(): (block: Block) => Point {
  const view = useGraphView();
  return useCallback(
    (block) => {
      const { width, height } = view.size();
      const { x, y, zoom } = view.viewport();
      return freeAt(view, block, { x: (width / 2 - x) / zoom - NODE_WIDTH / 2, y: (height / 2 - y) / zoom - 60 });
    },
    [view],
  );
}
