'use client';
import { ViewportPortal } from '@xyflow/react';
import { memo, useMemo } from 'react';
import type { Placed } from './boxes.ts';
import type { Wire } from './flow-edges.ts';
import { pathOf } from './wire-path.ts';

interface WirePictureProps {
  readonly placed: Placed;
  readonly wires: readonly Wire[];
}

/** Wires of which there are too many to be told apart: one path, which a move of the view moves as a whole. */
export const WirePicture = memo(function WirePicture({ placed, wires }: WirePictureProps) {
  const path = useMemo(() => pathOf(placed, wires), [placed, wires]);
  if (path === '') return null;
  return (
    <ViewportPortal>
      <svg aria-hidden className="pointer-events-none absolute -z-10 size-px overflow-visible">
        <path
          d={path}
          fill="none"
          stroke="var(--thread-8)"
          strokeOpacity={0.45}
          strokeWidth={1.5}
          vectorEffect="non-scaling-stroke"
        />
      </svg>
    </ViewportPortal>
  );
});
