'use client';
import { useReactFlow, useStoreApi, type ReactFlowInstance } from '@xyflow/react';
import { useMemo, type RefObject } from 'react';
import type { View } from '#collab/presence.ts';
import { isAction } from '#core/formula/language/statements.ts';
import type { NodeId, Point } from '#core/formula/model/formula.ts';
import { drawnArea, foldedNodes } from './annotations/folds.ts';
import { around, boxesOf, boxOf, type Placed } from './boxes.ts';
import type { FieldOwner } from './field-texts.ts';
import { MAP_ROOM, NODES_WITH_MAP, wholeFit } from './fit.ts';
import { wireId, wireOfEdge, type Wire } from './flow-edges.ts';
import type { BlockNode } from './flow-nodes.ts';
import { glide } from './glide.ts';
import { useNaming, useOpened, usePlaced, type Naming, type Opened } from './graph-provider.tsx';
import { levelOf } from './level.ts';
import { fittedView, openingView, viewportOf, type Box, type Size, type Viewport } from './view.ts';
import { nodeUnder } from './wires/drop-on-body.ts';
import { linesOf, wireNear } from './wires/wires-at.ts';

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
  /** Where the nodes stand now, those out of sight, too. */
  placed(): Placed;
  /** Brings a node into sight, as near as the person has zoomed in already. */
  reveal(id: NodeId): void;
  /** The whole formula, or these nodes. */
  showAll(ids?: Iterable<NodeId>): void;
  /**
   * The formula as it opens, once the canvas has its size: one frame gives the canvas its size, the next one knows it.
   */
  showOpening(): void;
  /** A view of before, once the canvas has its size. */
  showFirst(view: View): void;
  /** Lets the person type the name of a node or a frame, or the text of a note, where that stands. */
  rename(id: FieldOwner): void;
  /** Shows all ports of these nodes, or again those that most people need. */
  togglePorts(ids: Iterable<NodeId>): void;
  /** Takes nodes and the selected wires away, as the keyboard does. */
  remove(nodes: Iterable<NodeId>): void;
  /** The selected wires, or those that are to be selected instead. */
  selectedWires(): readonly Wire[];
  selectWires(wires: readonly Wire[]): void;
  /** The wire at a place on the screen, beside the nodes. */
  wireAt(screen: Point): Wire | null;
}

/** Pixels on the screen from a wire within which the pointer means the wire. */
const WIRE_REACH = 10;

type Store = ReturnType<typeof useStoreApi<BlockNode>>;

export function useGraphView(): GraphView {
  const flow = useReactFlow<BlockNode>();
  const store = useStoreApi<BlockNode>();
  const placed = usePlaced();
  const { toggle } = useOpened();
  const { rename } = useNaming();
  return useMemo(() => graphView({ flow, store, placed, toggle, rename }), [flow, store, placed, toggle, rename]);
}

interface Parts {
  readonly flow: ReactFlowInstance<BlockNode>;
  readonly store: Store;
  readonly placed: RefObject<Placed>;
  readonly toggle: Opened['toggle'];
  readonly rename: Naming['rename'];
}

function graphView({ flow, store, placed, toggle, rename }: Parts): GraphView {
  const selectedWires = () => store.getState().edges.filter(({ selected }) => selected);
  const show = (view: Viewport, duration = glide()) => void flow.setViewport(view, { duration });
  const reveal = (id: NodeId): void => {
    const box = shownBoxOf(placed.current, id);
    const zoom = Math.max(0.7, flow.getZoom());
    if (box) show(fittedView(box, sizeOf(store), { most: zoom, least: zoom, margin: 0 }));
  };
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
    placed: () => placed.current,
    reveal,
    rename: (id) => {
      const [, , zoom] = store.getState().transform;
      if (levelOf(zoom) !== 'fields') reveal(id);
      rename(id);
    },
    showAll: (ids) => {
      const box = around(boxesOf(placed.current, ids));
      if (box) show(fittedView(box, sizeOf(store), wholeFit(placed.current.places.size)));
    },
    showOpening: () => {
      inTwoFrames(() => {
        const view = openingViewOf(placed.current, sizeOf(store));
        if (view) show(view, 0);
      });
    },
    togglePorts: toggle,
    showFirst: (view) =>
      inTwoFrames(() => {
        const size = sizeOf(store);
        if (size.width > 0) show(viewportOf(view, size), 0);
      }),
    remove: (nodes) => void flow.deleteElements({ nodes: [...nodes].map((id) => ({ id })), edges: selectedWires() }),
    selectedWires: () => selectedWires().flatMap((edge) => wireOfEdge(edge) ?? []),
    selectWires: (wires) => {
      const wanted = new Set(wires.map(wireId));
      store
        .getState()
        .triggerEdgeChanges([
          ...selectedWires().map(({ id }) => ({ id, type: 'select' as const, selected: wanted.has(id) })),
          ...[...wanted].map((id) => ({ id, type: 'select' as const, selected: true })),
        ]);
    },
    wireAt: (screen) =>
      nodeUnder(screen) !== null
        ? null
        : wireNear(linesOf(placed.current), flow.screenToFlowPosition(screen), WIRE_REACH / flow.getZoom()),
  };
}

/** Of a node that is folded away, what its frame covers. */
function shownBoxOf(placed: Placed, id: NodeId): Box | null {
  const frame = placed.formula.frames?.[foldedNodes(placed.formula).get(id) ?? ''];
  return frame ? drawnArea(frame) : boxOf(placed, id);
}

const inTwoFrames = (work: () => void): void => void requestAnimationFrame(() => requestAnimationFrame(work));

const sizeOf = (store: Store): Size => {
  const { width, height } = store.getState();
  return { width, height };
};

function openingViewOf(placed: Placed, size: Size): Viewport | null {
  const whole = around(boxesOf(placed));
  if (size.width === 0 || whole === null) return null;
  const actions = Object.entries(placed.formula.nodes).flatMap(([id, node]) => (isAction(node) ? [id] : []));
  const ends = [actions, actions.slice(0, 1)].flatMap((some): Box[] => {
    const box = around(boxesOf(placed, some));
    return box ? [box] : [];
  });
  return openingView(whole, size, { ends, below: placed.places.size < NODES_WITH_MAP ? 0 : MAP_ROOM });
}
