'use client';
import {
  Background,
  BackgroundVariant,
  Controls,
  MiniMap,
  ReactFlow,
  SelectionMode,
  useReactFlow,
  type AriaLabelConfig,
} from '@xyflow/react';
import '@xyflow/react/dist/style.css';
import { Workflow } from 'lucide-react';
import { useCallback, useMemo, useRef, useState, type DragEvent, type PointerEvent } from 'react';
import { findBlock } from '#core/formula/blocks/catalogue.ts';
import type { Point } from '#core/formula/model/formula.ts';
import { isTyping } from '#ui/browser/is-typing.ts';
import { EmptyState } from '#ui/feedback/empty-state.tsx';
import { groupColor } from '#ui/layout/group-color.ts';
import { useFollowing } from '../follow/index.ts';
import { useCanEdit, useFormulaSession, useSnapshot } from '../session/provider.tsx';
import { addBlock, type Dangling } from './add-block.ts';
import { BlockNode } from './block-node.tsx';
import { BlockPicker } from './block-picker.tsx';
import './canvas.css';
import { useClipboard } from './clipboard/use-clipboard.ts';
import { ColleagueCursors } from './colleague-cursors.tsx';
import { BLOCK_DRAG } from './drag-type.ts';
import { fitOptions, NODES_WITH_MAP } from './fit.ts';
import type { BlockNode as FlowNode } from './flow-nodes.ts';
import { placeMissing } from './place-missing.ts';
import { useCanvasCommands } from './use-canvas-commands.tsx';
import { useDrawn } from './use-drawn.ts';
import { useFirstLayout } from './use-first-layout.ts';
import { useFollowView } from './use-follow-view.ts';
import { useNodes } from './use-nodes.ts';
import { useReveal } from './use-reveal.ts';
import { useShareView } from './use-share-view.ts';
import { useWires } from './use-wires.ts';

const NODE_TYPES = { block: BlockNode };
const CURSOR_EVERY = 33;

/** Keys with which a click adds to the selection, or takes from it. */
const ADDING_KEYS = ['Shift', 'Control', 'Meta'];

/** What React Flow reads out of a node and a wire to those who may not edit. */
const LOOK_ONLY: Partial<AriaLabelConfig> = {
  'node.a11yDescription.default': 'Press enter or space to select a node.',
  'node.a11yDescription.keyboardDisabled': 'Press enter or space to select a node.',
  'edge.a11yDescription.default': 'Press enter or space to select a wire.',
};
const EDITABLE: Partial<AriaLabelConfig> = {
  'edge.a11yDescription.default':
    'Press enter or space to select a wire. Press delete to take it away, or escape to cancel.',
};

interface Picking {
  readonly at: Point;
  readonly screen: Point;
  readonly dangling: Dangling | null;
}

export function Canvas() {
  const session = useFormulaSession();
  const { formula } = useSnapshot();
  const canEdit = useCanEdit();
  const flow = useReactFlow();
  const [picking, setPicking] = useState<Picking | null>(null);
  const pick = useCallback(
    (screen: Point, dangling: Dangling | null) => {
      if (session.status().canEdit) setPicking({ screen, at: flow.screenToFlowPosition(screen), dangling });
    },
    [session, flow],
  );
  const places = useMemo(() => placeMissing(formula), [formula]);
  const moving = useNodes();
  const wires = useWires({ pick });
  const clipboard = useClipboard();
  const { nodes, edges } = useDrawn({ places, dragged: moving.dragged, selectedWires: wires.selected });
  const isArranged = useFirstLayout();
  useReveal();
  useShareView();
  useFollowView();
  const { stop: stopFollowing } = useFollowing();
  useCanvasCommands({ pick, wires, clipboard });

  const shownAt = useRef(0);
  const onPointerDown = (event: PointerEvent) => {
    stopFollowing();
    // Whoever turns to the nodes has no text in mind any more: the next copy is of nodes.
    if (!isTyping(event.target)) getSelection()?.removeAllRanges();
  };
  const onPointerMove = (event: PointerEvent) => {
    clipboard.pointAt({ x: event.clientX, y: event.clientY });
    if (event.timeStamp - shownAt.current < CURSOR_EVERY) return;
    shownAt.current = event.timeStamp;
    session.show({ cursor: flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }) });
  };
  const onPointerLeave = () => {
    clipboard.pointAt(null);
    session.show({ cursor: null });
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
    <div
      data-arranged={isArranged}
      className="relative size-full"
      onPointerDownCapture={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerLeave={onPointerLeave}
    >
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        {...moving.handlers}
        {...wires.handlers}
        onPaneClick={wires.clear}
        onDoubleClick={(event) => {
          if (event.target instanceof Element && event.target.classList.contains('react-flow__pane'))
            pick({ x: event.clientX, y: event.clientY }, null);
        }}
        onDragOver={(event) => event.preventDefault()}
        onDrop={onDrop}
        nodesDraggable={canEdit}
        nodesConnectable={canEdit}
        deleteKeyCode={canEdit ? ['Backspace', 'Delete'] : null}
        zoomOnDoubleClick={false}
        multiSelectionKeyCode={ADDING_KEYS}
        selectionKeyCode={null}
        selectionMode={SelectionMode.Partial}
        selectionOnDrag
        panOnScroll
        panOnDrag={[1, 2]}
        minZoom={0.08}
        maxZoom={2.5}
        onlyRenderVisibleElements
        elevateNodesOnSelect
        ariaLabelConfig={canEdit ? EDITABLE : LOOK_ONLY}
        aria-label="The formula as a graph"
      >
        <Background variant={BackgroundVariant.Dots} gap={20} size={1} color="var(--line-strong)" />
        <Controls showInteractive={false} position="bottom-left" fitViewOptions={fitOptions(nodes.length)} />
        {nodes.length < NODES_WITH_MAP ? null : (
          <MiniMap
            pannable
            zoomable
            position="bottom-right"
            className="max-md:hidden"
            style={{ width: 140, height: 92 }}
            nodeColor={({ data }) => groupColor(findBlock((data as FlowNode['data']).node.block)?.group)}
            onClick={(_event, { x, y }) => void flow.setCenter(x, y, { zoom: flow.getZoom() })}
          />
        )}
        <ColleagueCursors places={places} />
      </ReactFlow>
      {nodes.length === 0 ? (
        <div className="pointer-events-none absolute inset-0 grid place-items-center">
          <EmptyState icon={<Workflow />} title="An empty loom">
            Double-click or press A to add a block, press B for all of them, paste code here, or write code on the
            right.
          </EmptyState>
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
