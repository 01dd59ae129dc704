'use client';
import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useCallback } from 'react';
import { isAction } from '#core/formula/language/statements.ts';
import { useFormulaSession } from '../session/provider.tsx';
import { MAP_ROOM, NODES_WITH_MAP } from './fit.ts';
import { openingView, type Viewport } from './view.ts';

/** Gives a function that shows the formula as it opens, once the canvas has its size: one frame gives it that, the next one knows it. */
export function useOpeningView(): () => void {
  const session = useFormulaSession();
  const flow = useReactFlow();
  const store = useStoreApi();
  const viewNow = useCallback((): Viewport | null => {
    const { width, height } = store.getState();
    const nodes = flow.getNodes();
    if (width === 0 || nodes.length === 0) return null;
    const { formula } = session.snapshot();
    const actions = nodes.filter(({ id }) => formula.nodes[id] && isAction(formula.nodes[id]));
    const ends = actions.length === 0 ? [] : [actions, actions.slice(0, 1)].map((some) => flow.getNodesBounds(some));
    return openingView(
      flow.getNodesBounds(nodes),
      { width, height },
      { ends, below: nodes.length < NODES_WITH_MAP ? 0 : MAP_ROOM - 24 },
    );
  }, [session, flow, store]);
  return useCallback(() => {
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        const view = viewNow();
        if (view) void flow.setViewport(view);
      }),
    );
  }, [viewNow, flow]);
}
