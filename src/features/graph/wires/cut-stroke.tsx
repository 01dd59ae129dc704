'use client';
import { ViewportPortal } from '@xyflow/react';
import type { Placed } from '../boxes.ts';
import type { GraphGestures } from '../context.ts';
import { MarkedWires } from './loose-wire.tsx';
import { useCutStroke } from './use-cut-stroke.ts';

interface CutStrokeProps {
  readonly placed: Placed;
  readonly gestures: GraphGestures | undefined;
}

/** The stroke that cuts wires, while it is drawn. */
export function CutStroke({ placed, gestures }: CutStrokeProps) {
  const stroke = useCutStroke(gestures);
  if (!stroke) return null;
  const path = stroke.points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x},${y}`).join('');
  return (
    <>
      <MarkedWires placed={placed} wires={stroke.crossed} as="cut" />
      <ViewportPortal>
        <svg aria-hidden data-testid="cut-stroke" className="pointer-events-none absolute size-px overflow-visible">
          <path
            d={path}
            fill="none"
            className="stroke-bad"
            strokeWidth={2}
            strokeDasharray="6 4"
            vectorEffect="non-scaling-stroke"
          />
        </svg>
      </ViewportPortal>
    </>
  );
}
