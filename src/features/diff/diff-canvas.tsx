'use client';
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import type { NodeMark, Overlay } from '#core/diff/overlay.ts';
import { check, type Checked } from '#core/formula/check/check.ts';
import { scopeOf } from '#core/formula/language/functions.ts';
import { nodeOf, type Formula, type NodeId } from '#core/formula/model/formula.ts';
import {
  ChangedWires,
  FormulaGraph,
  GraphProvider,
  openedBy,
  placeMissing,
  scopeView,
  useGraphView,
  type FormulaGraphProps,
} from '#features/graph/index.ts';
import { laidOut } from './lay-out.ts';

export interface DiffCanvasProps extends Pick<FormulaGraphProps, 'Mark'> {
  readonly overlay: Overlay;
  /** The formula from which removed wires are drawn. */
  readonly before: Formula;
  /** The nodes of the change that is looked at: brought into sight when they change. */
  readonly looked: readonly NodeId[];
  /** Told when somebody chooses a node. */
  readonly onPick: (node: NodeId) => void;
  readonly label?: string;
  /** What stands above the canvas' own parts, such as a legend. */
  readonly children?: ReactNode;
}

const NO_NODES: ReadonlySet<NodeId> = new Set();

/** Both formulas on one canvas: added, removed, changed and moved nodes, each with a sign and a kind of line. */
export function DiffCanvas({
  overlay,
  before,
  looked,
  onPick,
  Mark,
  label = 'Both versions as one graph',
  children,
}: DiffCanvasProps) {
  const { marks, fields, added, removed } = overlay;
  const formula = useMemo(() => laidOut(overlay), [overlay]);
  const checked = useTypes(formula);
  const scope = scopeOfNodes(formula, looked);
  const selection = useMemo(() => new Set(looked), [looked]);
  const views = useMemo(
    () => ({ shown: scopeView(formula, scope), before: scopeView(before, scope) }),
    [formula, before, scope],
  );
  const placed = useMemo(
    () => ({ formula: views.shown, places: placeMissing(views.shown), opened: openedBy(views.shown, fields) }),
    [views, fields],
  );
  return (
    <GraphProvider>
      <FormulaGraph
        formula={formula}
        scope={scope}
        checked={checked}
        selection={selection}
        onSelect={(change) => {
          const [chosen] = change(NO_NODES);
          if (chosen !== undefined) onPick(chosen);
        }}
        changes={marks}
        fields={fields}
        label={label}
        fitFirst
        {...(Mark ? { Mark } : {})}
      >
        <ChangedWires formula={views.shown} placed={placed} wires={added} kind="added" />
        <ChangedWires formula={views.before} placed={placed} wires={removed} kind="removed" />
      </FormulaGraph>
      <Reveal nodes={looked} />
      {children}
    </GraphProvider>
  );
}

/** Problems of two formulas laid over each other are nobody's. */
function useTypes(formula: Formula): Pick<Checked, 'diagnostics' | 'types'> {
  return useMemo(() => ({ diagnostics: [], types: check(formula).types }), [formula]);
}

/** The function in which the nodes stand: its graph is shown then. */
function scopeOfNodes(formula: Formula, [first]: readonly NodeId[]): NodeId | null {
  const node = first === undefined ? undefined : nodeOf(formula, first);
  return node === undefined ? null : (scopeOf(formula, node) ?? null);
}

interface RevealProps {
  readonly nodes: readonly NodeId[];
}

/** Brings the nodes of a change into sight. */
export function Reveal({ nodes }: RevealProps) {
  const view = useGraphView();
  const [isReady, setIsReady] = useState(false);
  useEffect(
    () =>
      view.subscribe(() => {
        if (view.size().width > 0) setIsReady(true);
      }),
    [view],
  );
  useEffect(() => {
    const [first, ...others] = nodes;
    if (!isReady || first === undefined) return;
    // The graph of another function has its places once it is drawn.
    const frame = requestAnimationFrame(() => {
      if (others.length > 0) view.showAll(nodes);
      else view.reveal(first);
    });
    return () => cancelAnimationFrame(frame);
  }, [isReady, nodes, view]);
  return null;
}

/** The kinds of change that a canvas shows, in the order of its legend. */
export const kindsOf = ({ marks, added, removed }: Overlay): readonly NodeMark[] => {
  const found = new Set<NodeMark>(marks.values());
  if (added.length > 0) found.add('added');
  if (removed.length > 0) found.add('removed');
  return (['added', 'removed', 'changed', 'moved'] as const).filter((kind) => found.has(kind));
};
