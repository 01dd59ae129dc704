'use client';
import { useStoreApi, type Edge, type Node, type NodeChange } from '@xyflow/react';
import { useCallback, useMemo, useRef, useState, type MouseEvent } from 'react';
import type { NodeId, Point } from '#core/formula/model/formula.ts';
import type { Placed } from './boxes.ts';
import type { GraphGestures } from './context.ts';
import { wireOfEdge } from './flow-edges.ts';
import type { BlockNode } from './flow-nodes.ts';
import type { Guide } from './order.ts';
import { snapDragged } from './snap-dragged.ts';
import { useDrag } from './use-drag.ts';
import { useLatest } from './use-latest.ts';
import { useLetGo } from './use-let-go.ts';
import { cut } from './use-wires.ts';
import { carriedBends } from './wires/bend-wire.ts';
import { removeShown } from './wires/remove-shown.ts';
import { useEntering } from './wires/use-entering.ts';

const NO_GUIDES: readonly Guide[] = [];

interface NodesOptions {
  readonly placed: Placed;
  readonly selection: ReadonlySet<NodeId>;
  readonly onSelect: (change: (before: ReadonlySet<NodeId>) => Iterable<NodeId>) => void;
  readonly gestures: GraphGestures | undefined;
}

/** What people do with nodes: select, move and take away. */
export function useNodes({ placed, selection, onSelect, gestures }: NodesOptions) {
  const latest = useLatest({ selection, gestures, placed, formula: placed.formula });
  const store = useStoreApi();
  const drag = useDrag(gestures);
  const [guides, setGuides] = useState(NO_GUIDES);
  /** Moves by the arrow keys of one selection are one step of undo. */
  const nudge = useRef<{ readonly selection: ReadonlySet<NodeId>; readonly gesture: object } | null>(null);

  const hand = useRef<'empty' | 'drags' | 'has let go'>('empty');
  const isCopying = useRef(false);
  const { cancel } = drag;
  const entering = useEntering(placed);
  const { letGo } = entering;
  useLetGo(
    useCallback(() => {
      if (hand.current !== 'drags') return false;
      hand.current = 'has let go';
      setGuides(NO_GUIDES);
      letGo();
      cancel();
      return true;
    }, [cancel, letGo]),
  );

  const onNodesChange = useCallback(
    (changes: NodeChange<BlockNode>[]) => {
      // The selection of nudges is that of before this change.
      const { selection: before } = latest.current;
      const selections = changes.filter((change) => change.type === 'select');
      if (selections.length > 0)
        onSelect((now) => {
          const next = new Set(now);
          for (const { id, selected } of selections) {
            if (selected) next.add(id);
            else next.delete(id);
          }
          return next;
        });
      const moved = changes.filter((change) => change.type === 'position');
      if (moved.length === 0 || !latest.current.gestures) return;
      const positions = new Map(
        moved.flatMap(({ id, position }): [NodeId, Point][] => (position ? [[id, position]] : [])),
      );
      const isDragging = moved.some(({ dragging }) => dragging);
      const hasLetGo = hand.current === 'has let go';
      // React Flow goes on with a drag until the pointer is up.
      hand.current = !isDragging ? 'empty' : hasLetGo ? 'has let go' : 'drags';
      if (hasLetGo) return;
      if (isDragging) {
        const snapped = snapDragged(store.getState(), positions);
        setGuides(snapped.guides);
        if (isCopying.current) return drag.showHere(snapped.positions);
        entering.look(snapped.positions);
        drag.move(snapped.positions);
      } else if (positions.size > 0) {
        if (nudge.current?.selection !== before) nudge.current = { selection: before, gesture: {} };
        const isDrop = drag.dragged.size > 0;
        setGuides(NO_GUIDES);
        if (!isDrop)
          return drag.drop(positions, {
            gesture: nudge.current.gesture,
            more: carriedBends(latest.current.placed, positions),
          });
        const snapped = snapDragged(store.getState(), positions).positions;
        if (isCopying.current) {
          drag.cancel();
          latest.current.gestures.copy(snapped);
        } else
          drag.drop(snapped, {
            more: [...carriedBends(latest.current.placed, snapped), ...entering.enter(snapped)],
          });
      }
    },
    [latest, onSelect, drag, store, entering],
  );

  /** With Alt a drag leaves the nodes where they are and drops copies. */
  const onNodeDragStart = useCallback(({ altKey }: { readonly altKey: boolean }) => {
    isCopying.current = altKey;
  }, []);

  /** A click on one of several selected nodes, without a drag, is for that one. */
  const onNodeClick = useCallback(
    (event: MouseEvent, { id }: Node) => {
      if (
        !store.getState().multiSelectionActive &&
        !(event.target instanceof Element && event.target.closest('.nodrag'))
      )
        onSelect(() => [id]);
    },
    [onSelect, store],
  );

  /** One gesture: nodes, with the wires at them, and wires that were selected by themselves. */
  const onDelete = useCallback(
    ({ nodes: gone, edges }: { nodes: BlockNode[]; edges: Edge[] }) => {
      const ids = new Set(gone.map(({ id }) => id));
      const wires = edges
        .filter(({ source, target }) => !ids.has(source) && !ids.has(target))
        .flatMap((edge) => wireOfEdge(edge) ?? []);
      latest.current.gestures?.edit([...removeShown(latest.current.formula, ids), ...wires.map(cut)]);
    },
    [latest],
  );

  /** Nodes on their way with their frame. */
  const { move } = drag;
  const carry = useCallback(
    (places: ReadonlyMap<NodeId, Point> | null) => (places ? move(places) : cancel()),
    [move, cancel],
  );
  const { dragged } = drag;
  const { target } = entering;
  return useMemo(
    () => ({ dragged, guides, target, carry, handlers: { onNodesChange, onNodeDragStart, onNodeClick, onDelete } }),
    [dragged, guides, target, carry, onNodesChange, onNodeDragStart, onNodeClick, onDelete],
  );
}
