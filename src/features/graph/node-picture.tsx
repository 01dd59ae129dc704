'use client';
import { ViewportPortal } from '@xyflow/react';
import { memo, useMemo } from 'react';
import { groupColor } from '#ui/layout/group-color.ts';
import { boxOf, type Placed } from './boxes.ts';
import { blockOf } from './scope-view.ts';
import type { Box } from './view.ts';

/**
 * All nodes from so far away that each is a spot of colour: a path a colour, which a move of the view moves as a whole.
 */
export const NodePicture = memo(function NodePicture({ placed }: { readonly placed: Placed }) {
  const paths = useMemo(() => pathsByColor(placed), [placed]);
  return (
    <ViewportPortal>
      <svg
        aria-hidden
        data-testid="node-picture"
        className="pointer-events-none absolute -z-10 size-px overflow-visible"
      >
        {paths.map(([color, path]) => (
          <path key={color} d={path} fill={color} />
        ))}
      </svg>
    </ViewportPortal>
  );
});

export const rectPath = ({ x, y, width, height }: Box): string => `M${x},${y}h${width}v${height}h${-width}z`;

/** The boxes of all nodes as one path for each colour. */
export function pathsByColor(placed: Placed): [string, string][] {
  const paths = new Map<string, string>();
  for (const [id, node] of Object.entries(placed.formula.nodes)) {
    const box = boxOf(placed, id);
    const color = groupColor(blockOf(node)?.group);
    if (box) paths.set(color, (paths.get(color) ?? '') + rectPath(box));
  }
  return [...paths];
}
