'use client';
import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { NodeId, Point } from '#core/formula/model/formula.ts';
import { boxOf, overlap, type Placed } from './boxes.ts';
import type { Box } from './view.ts';

/** A box by the node that covers it. */
type Boxes = readonly (readonly [NodeId, Box])[];

const pointBox = ({ x, y }: Point): Box => ({ x, y, width: 0.01, height: 0.01 });

interface PictureOptions {
  readonly placed: Placed;
  readonly isPicture: boolean;
  readonly onSelect: (change: (before: ReadonlySet<NodeId>) => Iterable<NodeId>) => void;
}

/**
 * While nodes are drawn as a picture, React Flow does not know them. The one under the pointer is told to React Flow,
 * so that it can be clicked and dragged; what a rubber band touches is selected here. Gives the node under the pointer.
 */
export function usePicture({ placed, isPicture, onSelect }: PictureOptions): NodeId | null {
  const flow = useReactFlow();
  const store = useStoreApi();
  const [hovered, setHovered] = useState<NodeId | null>(null);
  const boxes = useMemo((): Boxes => {
    if (!isPicture) return [];
    return Object.keys(placed.formula.nodes).flatMap((id) => {
      const box = boxOf(placed, id);
      return box ? [[id, box] as const] : [];
    });
  }, [placed, isPicture]);
  const within = useCallback((area: Box) => boxes.flatMap(([id, box]) => (overlap(box, area) ? [id] : [])), [boxes]);
  useEffect(() => {
    const { domNode } = store.getState();
    if (!isPicture || !domNode) return;
    const onMove = (event: PointerEvent): void => {
      // A drag goes on with what it has.
      if (event.buttons === 0)
        setHovered(within(pointBox(flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }))).at(-1) ?? null);
    };
    domNode.addEventListener('pointermove', onMove, { passive: true });
    return () => {
      domNode.removeEventListener('pointermove', onMove);
      setHovered(null);
    };
  }, [flow, store, isPicture, within]);
  useEffect(() => {
    if (!isPicture) return;
    return store.subscribe(({ userSelectionRect: band, transform: [x, y, zoom], nodeLookup }, before) => {
      if (!band || band === before.userSelectionRect) return;
      const area = {
        x: (band.x - x) / zoom,
        y: (band.y - y) / zoom,
        width: band.width / zoom,
        height: band.height / zoom,
      };
      const found = within(area).filter((id) => !nodeLookup.has(id));
      if (found.length > 0) onSelect((now) => [...now, ...found]);
    });
  }, [store, isPicture, within, onSelect]);
  return isPicture ? hovered : null;
}
