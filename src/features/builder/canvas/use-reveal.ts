'use client';
import { useReactFlow } from '@xyflow/react';
import { useEffect } from 'react';
import { useFormulaSession } from '../session/provider.tsx';
import { glide } from './glide.ts';

/** Brings a node into sight when it is to be shown, as near as the person has zoomed in already. */
export function useReveal(): void {
  const session = useFormulaSession();
  const flow = useReactFlow();
  useEffect(
    () =>
      session.subscribeReveal(({ node }) => {
        const zoom = Math.max(0.7, flow.getZoom());
        void flow.fitView({ nodes: [{ id: node }], minZoom: zoom, maxZoom: zoom, duration: glide() });
      }),
    [session, flow],
  );
}
