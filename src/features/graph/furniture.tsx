'use client';
import { Background, BackgroundVariant, ControlButton, Controls } from '@xyflow/react';
import { Maximize } from 'lucide-react';
import { memo } from 'react';
import type { Placed } from './boxes.ts';
import { NODES_WITH_MAP } from './fit.ts';
import { GraphMap } from './graph-map.tsx';
import { useGraphView } from './graph-view.ts';

interface FurnitureProps {
  readonly placed: Placed;
  readonly hasButtons: boolean;
}

/** What stands around the nodes. Drawn anew only when nodes come, go or move. */
export const Furniture = memo(function Furniture({ placed, hasButtons }: FurnitureProps) {
  return (
    <>
      <Background variant={BackgroundVariant.Dots} gap={20} size={1} color="var(--line-strong)" />
      {hasButtons ? <ZoomButtons /> : null}
      {placed.places.size < NODES_WITH_MAP ? null : <GraphMap placed={placed} />}
    </>
  );
});

const ZoomButtons = memo(function ZoomButtons() {
  const view = useGraphView();
  return (
    <Controls showInteractive={false} showFitView={false} position="bottom-left">
      <ControlButton title="Fit view" aria-label="Fit view" onClick={() => view.showAll()}>
        <Maximize />
      </ControlButton>
    </Controls>
  );
});
