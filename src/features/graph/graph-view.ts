'use client';
import { useReactFlow, useStoreApi, type ReactFlowInstance } from '@xyflow/react';
import { useMemo } from 'react';
import { isAction } from '#core/formula/language/statements.ts';
import type { NodeId, Point } from '#core/formula/model/formula.ts';
import { fitOptions, MAP_ROOM, NODES_WITH_MAP } from './fit.ts';
import type { BlockNode } from './flow-nodes.ts';
import { glide } from './glide.ts';
import { openingView, type Size, type Viewport } from './view.ts';

/** What of a graph is in sight, and ways to change it. It is about the graph inside of the same `GraphProvider`. */
export interface GraphView {
  /** The place in the graph of a place on the screen. */
  placeAt(screen: Point): Point;
  /** The corner of the graph on the screen. */
  corner(): Point;
  size(): Size;
  viewport(): Viewport;
  setViewport(viewport: Viewport): void;
  /** Hears at once of every move and of every change of size. */
  subscribe(listener: (what: 'moved' | 'resized') => void): () => void;
  /** Brings a node into sight, as near as the person has zoomed in already. */
  reveal(id: NodeId): void;
  /** The whole formula. */
  showAll(): void;
  /** The formula as it opens, once the canvas has its size: one frame gives the canvas its size, the next one knows it. */
  showOpening(): void;
  /** Takes nodes and the selected wires away, as the keyboard does. */
  remove(nodes: Iterable<NodeId>): void;
  hasSelectedWires(): boolean;
  clearWires(): void;
}

type Store = ReturnType<typeof useStoreApi<BlockNode>>;

export function useGraphView(): GraphView {
  const flow = useReactFlow<BlockNode>();
  const store = useStoreApi<BlockNode>();
  return useMemo(() => graphView(flow, store), [flow, store]);
}

function graphView(flow: ReactFlowInstance<BlockNode>, store: Store): GraphView {
  const selectedWires = () => store.getState().edges.filter(({ selected }) => selected);
  return {
    placeAt: (screen) => flow.screenToFlowPosition(screen),
    corner: () => {
      const box = store.getState().domNode?.getBoundingClientRect();
      return { x: box?.left ?? 0, y: box?.top ?? 0 };
    },
    size: () => sizeOf(store),
    viewport: () => {
      const [x, y, zoom] = store.getState().transform;
      return { x, y, zoom };
    },
    setViewport: (viewport) => void flow.setViewport(viewport),
    subscribe: (listener) =>
      store.subscribe((now, before) => {
        if (now.width !== before.width || now.height !== before.height) listener('resized');
        else if (now.transform !== before.transform) listener('moved');
      }),
    reveal: (id) => {
      const zoom = Math.max(0.7, flow.getZoom());
      void flow.fitView({ nodes: [{ id }], minZoom: zoom, maxZoom: zoom, duration: glide() });
    },
    showAll: () => void flow.fitView({ ...fitOptions(flow.getNodes().length), duration: glide() }),
    showOpening: () => {
      requestAnimationFrame(() =>
        requestAnimationFrame(() => {
          const view = openingViewOf(flow, sizeOf(store));
          if (view) void flow.setViewport(view);
        }),
      );
    },
    remove: (nodes) => void flow.deleteElements({ nodes: [...nodes].map((id) => ({ id })), edges: selectedWires() }),
    hasSelectedWires: () => selectedWires().length > 0,
    clearWires: () =>
      store.getState().triggerEdgeChanges(selectedWires().map(({ id }) => ({ id, type: 'select', selected: false }))),
  };
}

const sizeOf = (store: Store): Size => {
  const { width, height } = store.getState();
  return { width, height };
};

function openingViewOf(flow: ReactFlowInstance<BlockNode>, size: Size): Viewport | null {
  const nodes = flow.getNodes();
  if (size.width === 0 || nodes.length === 0) return null;
  const actions = nodes.filter(({ data }) => isAction(data.node));
  const ends = actions.length === 0 ? [] : [actions, actions.slice(0, 1)].map((some) => flow.getNodesBounds(some));
  return openingView(flow.getNodesBounds(nodes), size, {
    ends,
    below: nodes.length < NODES_WITH_MAP ? 0 : MAP_ROOM - 24,
  });
}
