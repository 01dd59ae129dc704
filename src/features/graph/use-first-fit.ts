'use client';
import { useReactFlow, useStore, useStoreApi } from '@xyflow/react';
import { useLayoutEffect, useRef } from 'react';
import { around, boxesOf, type Placed } from './boxes.ts';
import { LEAST_ZOOM } from './fit.ts';
import { fittedView } from './view.ts';

/** Shows the whole formula once, as soon as there are nodes and a size. */
export function useFirstFit(isWanted: boolean, placed: Placed): void {
  const flow = useReactFlow();
  const store = useStoreApi();
  const isDone = useRef(false);
  const isReady = useStore(({ width, panZoom }) => width > 0 && panZoom !== null);
  useLayoutEffect(() => {
    const box = around(boxesOf(placed));
    if (!isWanted || isDone.current || !isReady || !box) return;
    isDone.current = true;
    const { width, height } = store.getState();
    void flow.setViewport(fittedView(box, { width, height }, { most: 1, least: LEAST_ZOOM, margin: 16 }));
  }, [isWanted, isReady, placed, flow, store]);
}
