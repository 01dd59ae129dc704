'use client';
import {
  useReactFlow,
  useStoreApi,
  type Connection,
  type Edge,
  type EdgeChange,
  type FinalConnectionState,
} from '@xyflow/react';
import { useCallback, useMemo, useRef, useState, type MouseEvent as ReactMouseEvent } from 'react';
import { sameArg } from '#core/formula/language/statements.ts';
import type { Edit } from '#core/formula/model/edit.ts';
import { nodeOf, type Formula } from '#core/formula/model/formula.ts';
import { toast } from '#ui/feedback/toaster.tsx';
import { wireOf, type Dangling } from './add-block.ts';
import type { Placed } from './boxes.ts';
import type { GraphGestures } from './context.ts';
import { wireOfEdge, type Wire } from './flow-edges.ts';
import { whyNotWire } from './scope-view.ts';
import { useLatest } from './use-latest.ts';
import { useLetGo } from './use-let-go.ts';
import { withBend } from './wires/bend-wire.ts';
import { connectBody, NO_FREE_PORT, nodeUnder, placeOf } from './wires/drop-on-body.ts';

interface WiresOptions {
  readonly placed: Placed;
  readonly gestures: GraphGestures | undefined;
}

const NONE: ReadonlySet<string> = new Set();

/** What people do with wires: draw, select, move and take away. */
export function useWires({ placed, gestures }: WiresOptions) {
  const latest = useLatest({ placed, formula: placed.formula, gestures });
  const store = useStoreApi();
  const [selected, setSelected] = useState(NONE);
  /** The wire whose end somebody holds. */
  const held = useRef<Wire | null>(null);
  /** React Flow ends a drag that is cancelled as it ends every drag. */
  const isLetGo = useRef(false);
  useLetGo(
    useCallback(() => {
      const { connection, cancelConnection } = store.getState();
      if (!connection.inProgress) return false;
      isLetGo.current = true;
      cancelConnection();
      return true;
    }, [store]),
  );

  const onEdgesChange = useCallback(
    (changes: EdgeChange[]) => {
      // A rubber band is for nodes: their wires go with them anyway.
      const { userSelectionActive, userSelectionRect } = store.getState();
      const selections = changes.filter(
        (change) =>
          change.type === 'select' && !(change.selected && (userSelectionActive || userSelectionRect !== null)),
      );
      if (selections.length === 0) return;
      setSelected((before) => {
        const next = new Set(before);
        for (const change of selections) {
          if (change.type !== 'select') continue;
          if (change.selected) next.add(change.id);
          else next.delete(change.id);
        }
        return next.size === 0 ? NONE : next;
      });
    },
    [store],
  );
  const clear = useCallback(() => setSelected(NONE), []);

  /** With Alt, a click takes the wire away. */
  const onEdgeClick = useCallback(
    (event: ReactMouseEvent, edge: Edge) => {
      const wire = wireOfEdge(edge);
      if (!event.altKey || !wire) return;
      latest.current.gestures?.edit([cut(wire)]);
      clear();
    },
    [latest, clear],
  );

  /** A double click leads the wire through where it is clicked. */
  const { screenToFlowPosition } = useReactFlow();
  const onEdgeDoubleClick = useCallback(
    ({ clientX, clientY }: ReactMouseEvent, edge: Edge) => {
      const wire = wireOfEdge(edge);
      const at = screenToFlowPosition({ x: clientX, y: clientY });
      const bent = wire && withBend(latest.current.placed, wire, at);
      if (bent) latest.current.gestures?.edit([bent.edit]);
    },
    [latest, screenToFlowPosition],
  );

  /** The formula as it is without the wire that is held: that one may not stand in its own way. */
  const withoutHeld = useCallback((): Formula => {
    const { formula } = latest.current;
    const node = held.current ? nodeOf(formula, held.current.node) : undefined;
    if (!held.current || !node) return formula;
    const { [held.current.port]: _held, ...args } = node.args;
    return { ...formula, nodes: { ...formula.nodes, [held.current.node]: { ...node, args } } };
  }, [latest]);

  const isValidConnection = useCallback(
    ({ source, sourceHandle, target, targetHandle }: Connection | Edge) => {
      const formula = withoutHeld();
      return (
        targetHandle !== null &&
        targetHandle !== undefined &&
        whyNotWire(formula, wireOf(formula, source, sourceHandle), target, targetHandle) === null
      );
    },
    [withoutHeld],
  );

  const onConnect = useCallback(
    ({ source, sourceHandle, target, targetHandle }: Connection) => {
      if (targetHandle === null || isLetGo.current) return;
      latest.current.gestures?.edit([
        {
          type: 'setArg',
          id: target,
          port: targetHandle,
          arg: wireOf(latest.current.formula, source, sourceHandle),
        },
      ]);
    },
    [latest],
  );

  const onConnectStart = useCallback(() => {
    isLetGo.current = false;
  }, []);

  const onReconnectStart = useCallback((_event: unknown, edge: Edge) => {
    held.current = wireOfEdge(edge);
  }, []);

  const onReconnect = useCallback(
    (edge: Edge, { source, sourceHandle, target, targetHandle }: Connection) => {
      const before = wireOfEdge(edge);
      if (targetHandle === null || before === null || isLetGo.current) return;
      const { formula } = latest.current;
      const arg = wireOf(formula, source, sourceHandle);
      if (sameArg(nodeOf(formula, target)?.args[targetHandle], arg)) return;
      const isMoved = before.node !== target || before.port !== targetHandle;
      latest.current.gestures?.edit([
        ...(isMoved ? [cut(before)] : []),
        { type: 'setArg', id: target, port: targetHandle, arg },
      ]);
      clear();
    },
    [latest, clear],
  );

  const onReconnectEnd = useCallback(
    (event: MouseEvent | TouchEvent, edge: Edge, _side: unknown, { isValid, toHandle }: FinalConnectionState) => {
      held.current = null;
      const wire = wireOfEdge(edge);
      if (isLetGo.current || isValid || toHandle || wire === null || nodeUnder(placeOf(event)) !== null) return;
      latest.current.gestures?.edit([cut(wire)]);
      clear();
    },
    [latest, clear],
  );

  const onConnectEnd = useCallback(
    (event: MouseEvent | TouchEvent, { isValid, fromNode, fromHandle, toNode, toHandle }: FinalConnectionState) => {
      if (isLetGo.current || !fromNode || !fromHandle || isValid || !latest.current.gestures) return;
      const formula = withoutHeld();
      const isForward = fromHandle.type === 'source';
      if (toNode && toHandle) {
        const [source, target, port] = isForward
          ? [wireOf(formula, fromNode.id, fromHandle.id), toNode.id, toHandle.id]
          : [wireOf(formula, toNode.id, toHandle.id), fromNode.id, fromHandle.id];
        refuse(
          fromHandle.type === toHandle.type
            ? 'A wire goes from an output to an input.'
            : whyNotWire(formula, source, target, port ?? ''),
        );
        return;
      }
      if (held.current) return;
      const screen = placeOf(event);
      const under = nodeUnder(screen);
      const dangling: Dangling = isForward
        ? { from: wireOf(formula, fromNode.id, fromHandle.id) }
        : { to: { node: fromNode.id, port: fromHandle.id ?? '' } };
      if (under === null) return latest.current.gestures.pick(screen, dangling);
      if (under === fromNode.id) return;
      const edit = connectBody(formula, under, dangling);
      if (edit) latest.current.gestures?.edit([edit]);
      else refuse(NO_FREE_PORT);
    },
    [latest, withoutHeld],
  );

  return useMemo(
    () => ({
      selected,
      clear,
      withoutHeld,
      handlers: {
        onEdgesChange,
        onEdgeClick,
        onEdgeDoubleClick,
        isValidConnection,
        onConnectStart,
        onConnect,
        onConnectEnd,
        onReconnectStart,
        onReconnect,
        onReconnectEnd,
      },
    }),
    [
      selected,
      clear,
      withoutHeld,
      onEdgesChange,
      onEdgeClick,
      onEdgeDoubleClick,
      isValidConnection,
      onConnectStart,
      onConnect,
      onConnectEnd,
      onReconnectStart,
      onReconnect,
      onReconnectEnd,
    ],
  );
}

export const cut = ({ node, port }: Wire): Edit => ({ type: 'clearArg', id: node, port });

function refuse(why: string | null): void {
  if (why !== null) toast.error('That does not fit', { description: why });
}
