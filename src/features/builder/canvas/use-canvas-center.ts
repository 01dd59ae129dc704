'use client';
import { useStoreApi } from '@xyflow/react';
import { useCallback } from 'react';
import type { Point } from '#core/formula/model/formula.ts';
import { NODE_WIDTH } from './node-shape.ts';

/** The middle of what is in sight, moved a little each time so that new nodes do not hide each other. */
export function useCanvasCenter(): () => Point {
  const store = useStoreApi();
  return useCallback(() => {
    const {
      width,
      height,
      transform: [x, y, zoom],
      nodes,
    } = store.getState();
    const shift = (nodes.length % 6) * 18;
    return {
      x: Math.round((width / 2 - x) / zoom - NODE_WIDTH / 2 + shift),
      y: Math.round((height / 2 - y) / zoom - 60 + shift),
    };
  }, [store]);
}
