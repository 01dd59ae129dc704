'use client';
import { Background, BackgroundVariant, Controls, MiniMap, ReactFlow, useReactFlow, type Connection, type Edge, type FinalConnectionState, type NodeChange } from '@xyflow/react';
import '@xyflow/react/dist/style.css';
import { useCallback, useMemo, useRef, useState, type DragEvent, type PointerEvent } from 'react';
import { findBlock } from '#core/formula/catalogue.ts';
import { whyNotConnect } from '#core/formula/check-arguments.ts';
import type { Diagnostic } from '#core/formula/diagnostic.ts';
import type { NodeId, Point } from '#core/formula/formula.ts';
import { EmptyState } from '#ui/empty-state.tsx';
import { toast } from '#ui/toaster.tsx';
import { Workflow } from 'lucide-react';
import { useFollowing } from '../follow/index.ts';
import { useFormulaSession, useSnapshot, useStatus } from '../session/provider.tsx';
import { addBlock, wireOf, type Dangling } from './add-block.ts';
import { BlockNode } from './block-node.tsx';
import { BlockPicker } from './block-picker.tsx';
import './canvas.css';
import { ColleagueCursors } from './colleague-cursors.tsx';
import { BLOCK_DRAG } from './drag-type.ts';
import { FIT } from './fit.ts';
import { flowEdges, flowNodes, type BlockNode as FlowNode } from './flow-nodes.ts';
import { groupColor } from '#ui/group-color.ts';
import { placeMissing } from './place-missing.ts';
import { useCanvasCommands } from './use-canvas-commands.tsx';
import { useDrag } from './use-drag.ts';
import { useFirstLayout } from './use-first-layout.ts';
import { useFollowView } from './use-follow-view.ts';
import { useReveal } from './use-reveal.ts';
import { useShareView } from './use-share-view.ts';

const NODE_TYPES = { block: BlockNode };
const CURSOR_EVERY = 33;

interface Picking {
  readonly at: Point;
  readonly screen: Point;
  readonly dangling: Dangling | null;
}

export function Canvas() {
  const session = useFormulaSession();
  const { formula, checked, selection } = useSnapshot();
  const { canEdit } = useStatus();
  const flow = useReactFlow();
  const drag = useDrag();
  const [picking, setPicking] = useState<Picking | null>(null);
  const places = useMemo(() => placeMissing(formula), [formula]);
  const problems = useMemo(() => byNode(checked.diagnostics), [checked]);
  const { nodes, edges } = useDrawn({ formula, places, problems, selection, dragged: drag.dragged, types: checked.types });
  const isArranged = useFirstLayout();
  useReveal();
  useShareView();
  useFollowView();
  const { stop: stopFollowing } = useFollowing();
  const pick = useCallback((screen: Point, dangling: Dangling | null) => setPicking({ screen, at: flow.screenToFlowPosition(screen), dangling }), [flow]);
  useCanvasCommands({ pick });

  const onNodesChange = useCallback((changes: NodeChange<FlowNode>[]) => {
    const selected = changes.filter((change) => change.type === 'select');
    if (selected.length > 0) {
      const next = new Set(session.snapshot().selection);
      for (const { id, selected: isSelected } of selected) {
        if (isSelected) next.add(id);
        else next.delete(id);
      }
      session.select(next);
    }
    const moved = changes.filter((change) => change.type === 'position');
    if (moved.length === 0 || !canEdit) return;
    const positions = new Map(moved.flatMap(({ id, position }): [NodeId, Point][] => (position ? [[id, position]] : [])));
    if (moved.some(({ dragging }) => dragging)) drag.move(positions);
    else if (positions.size > 0) drag.drop(positions);
  }, [session, drag, canEdit]);

  const onConnect = useCallback(({ source, sourceHandle, target, targetHandle }: Connection) => {
    if (targetHandle === null) return;
    session.edit([{ type: 'setArg', id: target, port: targetHandle, arg: wireOf(session.snapshot().formula, source, sourceHandle) }]);
  }, [session]);

  const isValidConnection = useCallback(({ source, sourceHandle, target, targetHandle }: Connection | Edge) => {
    const { formula: now } = session.snapshot();
    return targetHandle !== null && targetHandle !== undefined && whyNotConnect(now, wireOf(now, source, sourceHandle), target, targetHandle) === null;
  }, [session]);

  const onConnectEnd = useCallback((event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
    const { formula: now } = session.snapshot();
    const { fromNode, fromHandle, toNode, toHandle } = state;
    if (!fromNode || !fromHandle || state.isValid) return;
    const isForward = fromHandle.type === 'source';
    if (toNode && toHandle) {
      const [source, target, port] = isForward ? [wireOf(now, fromNode.id, fromHandle.id), toNode.id, toHandle.id] : [wireOf(now, toNode.id, toHandle.id), fromNode.id, fromHandle.id];
      const why = fromHandle.type === toHandle.type ? 'A wire goes from an output to an input.' : whyNotConnect(now, source, target, port ?? '');
      if (why !== null) toast.error('That does not fit', { description: why });
      return;
    }
    const screen = 'clientX' in event ? { x: event.clientX, y: event.clientY } : { x: event.changedTouches[0]?.clientX ?? 0, y: event.changedTouches[0]?.clientY ?? 0 };
    pick(screen, isForward ? { from: wireOf(now, fromNode.id, fromHandle.id) } : { to: { node: fromNode.id, port: fromHandle.id ?? '' } });
  }, [session, pick]);

  /** One gesture: nodes, with the wires at them, and wires that were selected by themselves. */
  const onDelete = useCallback(({ nodes: gone, edges: cut }: { nodes: FlowNode[]; edges: Edge[] }) => {
    const ids = new Set(gone.map(({ id }) => id));
    const wires = cut.filter(({ source, target }) => !ids.has(source) && !ids.has(target));
    session.edit([
      ...gone.map(({ id }) => ({ type: 'removeNode' as const, id })),
      ...wires.flatMap(({ target, targetHandle }) => (targetHandle ? [{ type: 'clearArg' as const, id: target, port: targetHandle }] : [])),
    ]);
  }, [session]);

  const shownAt = useRef(0);
  const onPointerMove = (event: PointerEvent) => {
    if (event.timeStamp - shownAt.current < CURSOR_EVERY) return;
    shownAt.current = event.timeStamp;
    session.show({ cursor: flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }) });
  };
  const onDrop = (event: DragEvent) => {
    const block = findBlock(event.dataTransfer.getData(BLOCK_DRAG));
    if (!block) return;
    event.preventDefault();
    const added = addBlock(formula, block, flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }), null);
    session.edit(added.edits);
    session.select([added.id]);
  };

  return (
    <div data-arranged={isArranged} className="relative size-full" onPointerDownCapture={stopFollowing} onPointerMove={onPointerMove} onPointerLeave={() => session.show({ cursor: null })}>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        onNodesChange={onNodesChange}
        onConnect={onConnect}
        onConnectEnd={onConnectEnd}
        isValidConnection={isValidConnection}
        onDelete={onDelete}
        onDoubleClick={(event) => {
          if (canEdit && event.target instanceof Element && event.target.classList.contains('react-flow__pane')) pick({ x: event.clientX, y: event.clientY }, null);
        }}
        onDragOver={(event) => event.preventDefault()}
        onDrop={onDrop}
        nodesDraggable={canEdit}
        nodesConnectable={canEdit}
        deleteKeyCode={canEdit ? ['Backspace', 'Delete'] : null}
        zoomOnDoubleClick={false}
        selectionOnDrag
        panOnScroll
        panOnDrag={[1, 2]}
        minZoom={0.08}
        maxZoom={2.5}
        fitView
        fitViewOptions={FIT}
        onlyRenderVisibleElements
        elevateNodesOnSelect
        aria-label="The formula as a graph"
      >
        <Background variant={BackgroundVariant.Dots} gap={20} size={1} color="var(--line-strong)" />
        <Controls showInteractive={false} position="bottom-left" />
        <MiniMap pannable zoomable position="bottom-right" className="max-md:hidden" style={{ width: 140, height: 92 }} nodeColor={({ data }) => groupColor(findBlock((data as FlowNode['data']).node.block)?.group)} />
        <ColleagueCursors places={places} />
      </ReactFlow>
      {nodes.length === 0 ? (
        <div className="pointer-events-none absolute inset-0 grid place-items-center">
          <EmptyState icon={<Workflow />} title="An empty loom">Double-click to add a block, drag one in from the left, or write code on the right.</EmptyState>
        </div>
      ) : null}
      {picking ? (
        <BlockPicker
          screen={picking.screen}
          dangling={picking.dangling}
          onClose={() => setPicking(null)}
          onPick={(block) => {
            const added = addBlock(session.snapshot().formula, block, picking.at, picking.dangling);
            session.edit(added.edits);
            session.select([added.id]);
            setPicking(null);
          }}
        />
      ) : null}
    </div>
  );
}

function byNode(diagnostics: readonly Diagnostic[]): ReadonlyMap<NodeId, readonly Diagnostic[]> {
  const map = new Map<NodeId, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    if (diagnostic.nodeId === undefined) continue;
    map.set(diagnostic.nodeId, [...(map.get(diagnostic.nodeId) ?? []), diagnostic]);
  }
  return map;
}

interface DrawnInput {
  readonly formula: Parameters<typeof flowEdges>[0];
  readonly places: ReadonlyMap<NodeId, Point>;
  readonly problems: ReadonlyMap<NodeId, readonly Diagnostic[]>;
  readonly selection: ReadonlySet<NodeId>;
  readonly dragged: ReadonlyMap<NodeId, Point>;
  readonly types: Parameters<typeof flowEdges>[1];
}

/** React Flow's view of the formula, its objects kept where nothing changed. */
function useDrawn({ formula, places, problems, selection, dragged, types }: DrawnInput): { nodes: FlowNode[]; edges: Edge[] } {
  const [cache] = useState(() => ({ nodes: new Map<NodeId, FlowNode>() }));
  const nodes = useMemo(() => {
    const placed = { ...formula, layout: Object.fromEntries(places) };
    const drawn = flowNodes(cache.nodes, { formula: placed, problems, selection, dragged, types });
    cache.nodes.clear();
    for (const node of drawn) cache.nodes.set(node.id, node);
    return drawn;
  }, [cache, formula, places, problems, selection, dragged, types]);
  const edges = useMemo(() => flowEdges(formula, types), [formula, types]);
  return { nodes, edges };
}
