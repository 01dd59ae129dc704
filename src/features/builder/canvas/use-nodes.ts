'use client';
import { useStoreApi, type Edge, type Node, type NodeChange } from '@xyflow/react';
import { useCallback, useMemo, useRef, type MouseEvent } from 'react';
import type { NodeId, Point } from '#core/formula/model/formula.ts';
import { useFormulaSession } from '../session/provider.tsx';
import { wireOfEdge } from './flow-edges.ts';
import type { BlockNode } from './flow-nodes.ts';
import { useDrag, type Drag } from './use-drag.ts';
import { useLetGo } from './use-let-go.ts';
import { cut } from './use-wires.ts';

/** What people do with nodes: select, move and take away. */
export function useNodes() {
  const session = useFormulaSession();
  const store = useStoreApi();
  const drag: Drag = useDrag();
  /** Moves by the arrow keys of one selection are one step of undo. */
  const nudge = useRef<{ readonly selection: ReadonlySet<NodeId>; readonly gesture: object } | null>(null);

  const hand = useRef<'empty' | 'drags' | 'has let go'>('empty');
  const { cancel } = drag;
  useLetGo(
    useCallback(() => {
      if (hand.current !== 'drags') return false;
      hand.current = 'has let go';
      cancel();
      return true;
    }, [cancel]),
  );

  const onNodesChange = useCallback(
    (changes: NodeChange<BlockNode>[]) => {
      const { selection } = session.snapshot();
      const next = new Set(selection);
      for (const change of changes) {
        if (change.type !== 'select') continue;
        if (change.selected) next.add(change.id);
        else next.delete(change.id);
      }
      session.select(next);
      const moved = changes.filter((change) => change.type === 'position');
      if (moved.length === 0 || !session.status().canEdit) return;
      const positions = new Map(
        moved.flatMap(({ id, position }): [NodeId, Point][] => (position ? [[id, position]] : [])),
      );
      const isDragging = moved.some(({ dragging }) => dragging);
      const hasLetGo = hand.current === 'has let go';
      // React Flow goes on with a drag until the pointer is up.
      hand.current = !isDragging ? 'empty' : hasLetGo ? 'has let go' : 'drags';
      if (hasLetGo) return;
      if (isDragging) drag.move(positions);
      else if (positions.size > 0) {
        if (nudge.current?.selection !== selection) nudge.current = { selection, gesture: {} };
        drag.drop(positions, drag.dragged.size > 0 ? undefined : nudge.current.gesture);
      }
    },
    [session, drag],
  );

  /** A click on one of several selected nodes, without a drag, is for that one. */
  const onNodeClick = useCallback(
    (event: MouseEvent, { id }: Node) => {
      if (
        !store.getState().multiSelectionActive &&
        !(event.target instanceof Element && event.target.closest('.nodrag'))
      )
        session.select([id]);
    },
    [session, store],
  );

  /** One gesture: nodes, with the wires at them, and wires that were selected by themselves. */
  const onDelete = useCallback(
    ({ nodes: gone, edges }: { nodes: BlockNode[]; edges: Edge[] }) => {
      const ids = new Set(gone.map(({ id }) => id));
      const wires = edges
        .filter(({ source, target }) => !ids.has(source) && !ids.has(target))
        .flatMap((edge) => wireOfEdge(edge) ?? []);
      session.edit([...gone.map(({ id }) => ({ type: 'removeNode' as const, id })), ...wires.map(cut)]);
    },
    [session],
  );

  const { dragged } = drag;
  return useMemo(
    () => ({ dragged, handlers: { onNodesChange, onNodeClick, onDelete } }),
    [dragged, onNodesChange, onNodeClick, onDelete],
  );
}
