'use client';
import { useCallback } from 'react';
import type { Point } from '#core/formula/model/formula.ts';
import { NODE_WIDTH, useGraphView } from '#features/graph/index.ts';
import { useFormulaSession } from '../session/use-session.ts';

/** The middle of what is in sight, moved a little each time so that new nodes do not hide each other. */
export function useCanvasCenter(): () => Point {
  const session = useFormulaSession();
  const view = useGraphView();
  return useCallback(() => {
    const { width, height } = view.size();
    const { x, y, zoom } = view.viewport();
    const shift = (Object.keys(session.snapshot().formula.nodes).length % 6) * 18;
    return {
      x: Math.round((width / 2 - x) / zoom - NODE_WIDTH / 2 + shift),
      y: Math.round((height / 2 - y) / zoom - 60 + shift),
    };
  }, [session, view]);
}
