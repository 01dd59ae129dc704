'use client';
import { ReactFlow, SelectionMode, useStore, type AriaLabelConfig, type ReactFlowState } from '@xyflow/react';
import '@xyflow/react/dist/style.css';
import { useCallback, useMemo, useState, type CSSProperties, type ReactNode } from 'react';
import { rootsOf } from '#core/formula/chains/chain.ts';
import type { Checked } from '#core/formula/check/check.ts';
import type { Formula, NodeId, Point } from '#core/formula/model/formula.ts';
import { Annotations } from './annotations/annotations.tsx';
import { foldedNodes } from './annotations/folds.ts';
import { BlockNode } from './block-node.tsx';
import { ChangePicture } from './change-picture.tsx';
import { GraphPartsContext, LevelContext, type GraphParts } from './context.ts';
import { LEAST_ZOOM, MOST_ZOOM } from './fit.ts';
import type { Wire } from './flow-edges.ts';
import type { NodeChangeKind } from './flow-nodes.ts';
import { Furniture } from './furniture.tsx';
import { useOpened, useTellPlaced } from './graph-provider.tsx';
import './graph.css';
import { Guides } from './guides.tsx';
import { levelOf, titleSize } from './level.ts';
import { LitWires } from './lit-wires.tsx';
import { nearOf } from './near.ts';
import { NodePicture } from './node-picture.tsx';
import { openedBy } from './opened-by.ts';
import { placeMissing } from './place-missing.ts';
import { scopeView } from './scope-view.ts';
import { useDrawn } from './use-drawn.ts';
import { useFirstFit } from './use-first-fit.ts';
import { useNodes } from './use-nodes.ts';
import { usePicture } from './use-picture.ts';
import { useWindow } from './use-window.ts';
import { useWires } from './use-wires.ts';
import { WirePicture } from './wire-picture.tsx';
import { BentWire } from './wires/bent-wire.tsx';
import { CutStroke } from './wires/cut-stroke.tsx';
import { HeldWire } from './wires/held-wire.tsx';
import { LooseWire, MarkedWires, type Loose } from './wires/loose-wire.tsx';

const NODE_TYPES = { block: BlockNode };
const EDGE_TYPES = { bent: BentWire };

/** Keys with which a click adds to the selection, or takes from it. */
const ADDING_KEYS = ['Shift', 'Control', 'Meta'];
const DELETING_KEYS = ['Backspace', 'Delete'];
const PANNING_BUTTONS = [1, 2];

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

export interface FormulaGraphProps extends GraphParts {
  readonly formula: Formula;
  /** The function of which the graph is drawn, in place of the strategy's. */
  readonly scope?: NodeId | null;
  /** What the check says of this formula: its problems, and the types of its outputs. */
  readonly checked: Pick<Checked, 'diagnostics' | 'types'>;
  readonly selection: ReadonlySet<NodeId>;
  /** Asked with a function of the selection as it is at that moment. */
  readonly onSelect: (change: (before: ReadonlySet<NodeId>) => Iterable<NodeId>) => void;
  /** Where nodes are that somebody else drags. */
  readonly draggedByOthers?: ReadonlyMap<NodeId, Point>;
  /** How nodes differ from those of another formula. */
  readonly changes?: ReadonlyMap<NodeId, NodeChangeKind>;
  readonly label?: string;
  /** Shows the whole formula first, as large as it fits. */
  readonly fitFirst?: boolean;
  /** Whether buttons zoom; yes, when left out. In a picture that nobody can touch they would cover nodes. */
  readonly hasButtons?: boolean;
  /** A wire that ends in empty canvas. */
  readonly loose?: Loose | null;
  /** The wire onto which something is about to be dropped. */
  readonly target?: Wire | null;
  /** What is drawn between the nodes, such as pointers. */
  readonly children?: ReactNode;
}

const levelAt = ({ transform }: ReactFlowState) => levelOf(transform[2]);
const titleSizeAt = ({ transform }: ReactFlowState) => titleSize(transform[2]);

const NOT_DRAGGED: ReadonlyMap<NodeId, Point> = new Map();
const NO_CHANGES: ReadonlyMap<NodeId, NodeChangeKind> = new Map();

/**
 * A formula as a graph, from plain data: no session, no document, no server. Without `gestures` it is looked at alone.
 * It belongs inside of a `GraphProvider`, whose `useGraphView` moves it. After an edit only nodes and wires are drawn
 * anew of which something has changed: give unchanged nodes, `types` and the other parts with the same identity.
 */
export function FormulaGraph({
  formula: whole,
  scope = null,
  checked: checkedWhole,
  selection,
  onSelect,
  draggedByOthers = NOT_DRAGGED,
  changes: allChanges = NO_CHANGES,
  label = 'The strategy as a graph',
  fitFirst = false,
  hasButtons = true,
  loose = null,
  target = null,
  gestures,
  values,
  lights,
  sparks,
  fields,
  Mark,
  ProblemItem,
  children,
}: FormulaGraphProps) {
  const canEdit = gestures !== undefined;
  const formula = useMemo(() => scopeView(whole, scope), [whole, scope]);
  const { checked, changes } = useMemo(
    () => ofDrawn(rootsOf(whole), checkedWhole, allChanges),
    [whole, checkedWhole, allChanges],
  );
  const { nodes: openedByPerson, toggle } = useOpened();
  const opened = useMemo(() => openedBy(formula, fields, openedByPerson), [formula, fields, openedByPerson]);
  const places = useMemo(() => placeMissing(formula), [formula]);
  const placed = useMemo(() => ({ formula, places, opened }), [formula, places, opened]);
  useTellPlaced(placed);
  useFirstFit(fitFirst, placed);
  const moving = useNodes({ placed, selection, onSelect, gestures });
  const wires = useWires({ placed, gestures });
  const dragged = useMemo(
    () => (draggedByOthers.size === 0 ? moving.dragged : new Map([...draggedByOthers, ...moving.dragged])),
    [draggedByOthers, moving.dragged],
  );
  const deselect = useCallback(() => onSelect(() => []), [onSelect]);
  const over = target ?? moving.target;
  const entered = useMemo(() => (over ? [over] : []), [over]);
  const window = useWindow();
  const level = useStore(levelAt);
  const [isPicture, setIsPicture] = useState(false);
  const hovered = usePicture({ placed, isPicture, onSelect });
  const kept = useMemo(
    () =>
      draggedByOthers.size === 0 && hovered === null
        ? selection
        : new Set([...selection, ...draggedByOthers.keys(), ...(hovered === null ? [] : [hovered])]),
    [selection, draggedByOthers, hovered],
  );
  const folded = useMemo(() => foldedNodes(formula), [formula]);
  const near = useMemo(() => nearOf(placed, { window, kept, level, folded }), [placed, window, kept, level, folded]);
  if (near.isPicture !== isPicture) setIsPicture(near.isPicture);
  const title = useStore(titleSizeAt);
  const { nodes, edges } = useDrawn({
    placed,
    near,
    checked,
    selection,
    opened,
    changes,
    dragged,
    selectedWires: wires.selected,
    canEdit,
  });
  const parts = useMemo(
    (): GraphParts => ({
      togglePorts: toggle,
      ...(gestures ? { gestures } : {}),
      ...(values ? { values } : {}),
      ...(lights ? { lights } : {}),
      ...(sparks ? { sparks } : {}),
      ...(fields ? { fields } : {}),
      ...(Mark ? { Mark } : {}),
      ...(ProblemItem ? { ProblemItem } : {}),
    }),
    [toggle, gestures, values, lights, sparks, fields, Mark, ProblemItem],
  );
  return (
    <GraphPartsContext value={parts}>
      <LevelContext value={level}>
        <ReactFlow
          nodes={nodes}
          edges={edges}
          nodeTypes={NODE_TYPES}
          edgeTypes={EDGE_TYPES}
          {...moving.handlers}
          {...wires.handlers}
          onPaneClick={wires.clear}
          nodesDraggable={canEdit}
          nodesConnectable={canEdit}
          deleteKeyCode={canEdit ? DELETING_KEYS : null}
          zoomOnDoubleClick={false}
          multiSelectionKeyCode={ADDING_KEYS}
          selectionKeyCode={null}
          selectionMode={SelectionMode.Partial}
          selectionOnDrag
          panOnScroll
          panOnDrag={PANNING_BUTTONS}
          minZoom={LEAST_ZOOM}
          maxZoom={MOST_ZOOM}
          onlyRenderVisibleElements
          elevateNodesOnSelect
          ariaLabelConfig={canEdit ? EDITABLE : LOOK_ONLY}
          aria-label={label}
          data-level={level}
          style={{ '--title-size': `${title}px` } as CSSProperties}
        >
          <Furniture placed={placed} hasButtons={hasButtons} />
          <Guides guides={moving.guides} />
          {near.isPicture ? <NodePicture placed={placed} /> : null}
          {near.isPicture && changes.size > 0 ? <ChangePicture placed={placed} changes={changes} /> : null}
          <Annotations placed={placed} gestures={gestures} onDrag={moving.carry} onFocus={deselect} />
          <WirePicture placed={placed} wires={near.pictured} />
          {dragged.size === 0 ? <LitWires placed={placed} wires={near.wires} types={checked.types} /> : null}
          {canEdit ? <HeldWire formulaOf={wires.withoutHeld} /> : null}
          {loose ? <LooseWire placed={placed} loose={loose} /> : null}
          <MarkedWires placed={placed} wires={entered} as="target" />
          <CutStroke placed={placed} gestures={gestures} />
          {children}
        </ReactFlow>
      </LevelContext>
    </GraphPartsContext>
  );
}

type Said = FormulaGraphProps['checked'];
type Changes = NonNullable<FormulaGraphProps['changes']>;

/** What is said of nodes that are drawn as a part of others is said of these. */
function ofDrawn(
  roots: ReadonlyMap<NodeId, NodeId>,
  checked: Said,
  changes: Changes,
): { readonly checked: Said; readonly changes: Changes } {
  if (roots.size === 0) return { checked, changes };
  const diagnostics = checked.diagnostics.map((problem) => {
    const root = roots.get(problem.nodeId ?? '') ?? problem.nodeId;
    return root === problem.nodeId || root === undefined ? problem : { ...problem, nodeId: root };
  });
  const parts = [...changes].flatMap(([id]): [NodeId, NodeChangeKind][] => {
    const root = roots.get(id);
    return root === undefined ? [] : [[root, changes.get(root) ?? 'changed']];
  });
  return {
    checked: { types: checked.types, diagnostics },
    changes: parts.length === 0 ? changes : new Map([...changes, ...parts]),
  };
}
