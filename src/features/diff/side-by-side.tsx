'use client';
import { useEffect, useMemo, useState } from 'react';
import type { NodeMark, Overlay } from '#core/diff/overlay.ts';
import { check } from '#core/formula/check/check.ts';
import { scopeOf } from '#core/formula/language/functions.ts';
import { nodeOf, type Formula, type NodeId } from '#core/formula/model/formula.ts';
import {
  FormulaGraph,
  GraphProvider,
  useGraphView,
  type FormulaGraphProps,
  type GraphView,
} from '#features/graph/index.ts';
import { Reveal } from './diff-canvas.tsx';
import { laidOut } from './lay-out.ts';

interface SideBySideProps extends Pick<FormulaGraphProps, 'Mark'> {
  readonly before: { readonly title: string; readonly formula: Formula };
  readonly after: { readonly title: string; readonly formula: Formula };
  readonly overlay: Overlay;
  readonly looked: readonly NodeId[];
  readonly onPick: (node: NodeId) => void;
  /** Whether a move of one view moves the other. */
  readonly isLocked: boolean;
}

const NO_FIELDS: Overlay['fields'] = new Map();

/** Two canvases; locked, both show the same part of the graph. */
export function SideBySide({ before, after, overlay, looked, onPick, isLocked, Mark }: SideBySideProps) {
  const [link] = useState(() => new ViewLink());
  useEffect(() => link.lock(isLocked), [link, isLocked]);
  // Nodes without a place stand on both sides where the overlay has them.
  const layout = useMemo(() => laidOut(overlay).layout ?? {}, [overlay]);
  const part = { looked, onPick, link, layout, ...(Mark ? { Mark } : {}) };
  return (
    <div className="grid h-full min-h-0 grid-cols-2 divide-x max-md:grid-cols-1 max-md:grid-rows-2 max-md:divide-x-0 max-md:divide-y">
      <OneSide {...part} {...before} hidden="added" overlay={overlay} isLeader={false} />
      <OneSide {...part} {...after} hidden="removed" overlay={overlay} isLeader />
    </div>
  );
}

interface OneSideProps extends Pick<SideBySideProps, 'looked' | 'onPick' | 'overlay' | 'Mark'> {
  readonly title: string;
  readonly formula: Formula;
  readonly layout: NonNullable<Formula['layout']>;
  readonly link: ViewLink;
  readonly isLeader: boolean;
  /** The mark of nodes that this side has not. */
  readonly hidden: NodeMark;
}

function OneSide({ title, formula, layout, overlay, looked, onPick, link, isLeader, hidden, Mark }: OneSideProps) {
  const placed = useMemo(
    () => ({ ...formula, layout: Object.fromEntries(Object.entries(layout).filter(([id]) => id in formula.nodes)) }),
    [formula, layout],
  );
  const checked = useMemo(() => ({ diagnostics: [], types: check(placed).types }), [placed]);
  const here = useMemo(() => looked.filter((id) => nodeOf(placed, id) !== undefined), [looked, placed]);
  const selection = useMemo(() => new Set(here), [here]);
  const [first] = here;
  const node = first === undefined ? undefined : nodeOf(placed, first);
  const marks = useMemo(() => new Map([...overlay.marks].filter(([, mark]) => mark !== hidden)), [overlay, hidden]);
  return (
    <section aria-label={title} className="flex min-h-0 min-w-0 flex-col">
      <h3 className="truncate border-b bg-surface px-3 py-1.5 text-xs font-semibold">{title}</h3>
      <div className="min-h-0 flex-1">
        <GraphProvider>
          <FormulaGraph
            formula={placed}
            scope={node ? (scopeOf(placed, node) ?? null) : null}
            checked={checked}
            selection={selection}
            onSelect={(change) => {
              const [chosen] = change(new Set());
              if (chosen !== undefined) onPick(chosen);
            }}
            changes={marks}
            fields={isLeader ? overlay.fields : NO_FIELDS}
            label={`${title} as a graph`}
            fitFirst={isLeader}
            {...(Mark ? { Mark } : {})}
          />
          <Linked link={link} isLeader={isLeader} />
          <Reveal nodes={here} />
        </GraphProvider>
      </div>
    </section>
  );
}

interface LinkedProps {
  readonly link: ViewLink;
  readonly isLeader: boolean;
}

function Linked({ link, isLeader }: LinkedProps) {
  const view = useGraphView();
  useEffect(() => link.join(view, isLeader), [link, view, isLeader]);
  return null;
}

/** Views of which one follows the other. The leader's holds when a view comes, changes its size or is locked again. */
class ViewLink {
  readonly #views = new Map<GraphView, { readonly isLeader: boolean }>();
  #isLocked = true;
  /** What is moved by us tells that it has moved. */
  #isOurs = false;

  join(view: GraphView, isLeader: boolean): () => void {
    this.#views.set(view, { isLeader });
    const unsubscribe = view.subscribe((what) => {
      if (this.#isOurs) return;
      if (what === 'moved') this.#follow(view);
      else this.#followLeader();
    });
    this.#followLeader();
    return () => {
      unsubscribe();
      this.#views.delete(view);
    };
  }

  lock(isLocked: boolean): void {
    this.#isLocked = isLocked;
    this.#followLeader();
  }

  #followLeader(): void {
    for (const [view, { isLeader }] of this.#views) if (isLeader && view.size().width > 0) this.#follow(view);
  }

  #follow(moved: GraphView): void {
    if (!this.#isLocked) return;
    this.#isOurs = true;
    for (const view of this.#views.keys()) if (view !== moved) view.setViewport(moved.viewport());
    this.#isOurs = false;
  }
}
