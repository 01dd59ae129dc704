'use client';
import { MiniMap, useReactFlow, type Node } from '@xyflow/react';
import { useCallback, type MouseEvent } from 'react';
import { findBlock } from '#core/formula/blocks/catalogue.ts';
import { groupColor } from '#ui/layout/group-color.ts';
import type { BlockNode } from './flow-nodes.ts';

const SIZE = { width: 140, height: 92 };

// React Flow draws every node of the map anew when this function is another one.
const colorOf = ({ data }: Node): string => groupColor(findBlock((data as BlockNode['data']).node.block)?.group);

/** The whole formula in a corner. A click moves to its place. */
export function GraphMap() {
  const flow = useReactFlow();
  const onClick = useCallback(
    (_event: MouseEvent, { x, y }: { readonly x: number; readonly y: number }) =>
      void flow.setCenter(x, y, { zoom: flow.getZoom() }),
    [flow],
  );
  return (
    <MiniMap
      pannable
      zoomable
      position="bottom-right"
      className="max-md:hidden"
      style={SIZE}
      nodeColor={colorOf}
      onClick={onClick}
    />
  );
}
