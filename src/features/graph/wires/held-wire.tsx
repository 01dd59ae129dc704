'use client';
import { useStore, useStoreApi, type Handle } from '@xyflow/react';
import { useLayoutEffect, useMemo } from 'react';
import type { Formula, NodeId, Point } from '#core/formula/model/formula.ts';
import { wireOf, type Dangling } from '../add-block.ts';
import { connectionsIn } from '../scope-view.ts';
import { connectBody, NO_FREE_PORT, nodeUnder } from './drop-on-body.ts';

type End = Pick<Handle, 'type'> & { readonly nodeId: NodeId; readonly id?: string | null | undefined };

interface HeldWireProps {
  /** The formula without the wire whose end is held. */
  readonly formulaOf: () => Formula;
}

/** While somebody holds a wire: what does not fit is dimmed, and the reason stands at the pointer. */
export function HeldWire({ formulaOf }: HeldWireProps) {
  const from = useStore(({ connection }) => (connection.inProgress ? connection.fromHandle : null));
  const held = useMemo(() => from && fitsOf(formulaOf(), from), [from, formulaOf]);
  // Nodes that come into sight meanwhile are dimmed, too.
  const drawn = useStore(({ connection, nodes }) => (connection.inProgress ? nodes : null));
  const store = useStoreApi();
  useLayoutEffect(() => {
    const { domNode } = store.getState();
    if (!held || !drawn || !domNode) return;
    dim(domNode, held);
    return () => {
      for (const element of domNode.querySelectorAll('[data-fits]')) element.removeAttribute('data-fits');
    };
  }, [held, drawn, store]);
  return held ? <Refusal held={held} /> : null;
}

interface Held {
  readonly start: End;
  /** Why a wire can't end at a port; null where it can. */
  whyNotPort(end: End): string | null;
  whyNotBody(id: NodeId): string | null;
}

function fitsOf(formula: Formula, start: End): Held {
  const { whyNot } = connectionsIn(formula);
  const isForward = start.type === 'source';
  const dangling: Dangling = isForward
    ? { from: wireOf(formula, start.nodeId, start.id) }
    : { to: { node: start.nodeId, port: start.id ?? '' } };
  return {
    start,
    whyNotPort: (end) => {
      if (end.type === start.type) return 'A wire goes from an output to an input.';
      const [source, target] = isForward ? [start, end] : [end, start];
      return whyNot(wireOf(formula, source.nodeId, source.id), target.nodeId, target.id ?? '');
    },
    whyNotBody: (id) => (id === start.nodeId || connectBody(formula, id, dangling) ? null : NO_FREE_PORT),
  };
}

const endOf = (element: Element): End => ({
  nodeId: element.getAttribute('data-nodeid') ?? '',
  id: element.getAttribute('data-handleid'),
  type: element.classList.contains('source') ? 'source' : 'target',
});

/** React does not write these attributes, so a node that is drawn anew keeps them. */
function dim(canvas: Element, { start, whyNotPort }: Held): void {
  for (const node of canvas.querySelectorAll('.react-flow__node')) {
    const handles = [...node.querySelectorAll('.react-flow__handle')];
    const id = node.getAttribute('data-id');
    let fits = id === start.nodeId;
    for (const handle of handles) {
      const end = endOf(handle);
      const isStart = end.nodeId === start.nodeId && end.type === start.type && end.id === start.id;
      const doesFit = isStart || whyNotPort(end) === null;
      fits ||= doesFit;
      handle.setAttribute('data-fits', doesFit ? 'yes' : 'no');
    }
    if (handles.length > 0) node.setAttribute('data-fits', fits ? 'yes' : 'no');
  }
}

const NOWHERE: Point = { x: 0, y: 0 };

function Refusal({ held }: { readonly held: Held }) {
  const pointer = useStore(({ connection }) => (connection.inProgress ? connection.pointer : NOWHERE));
  const end = useStore(({ connection }) => connection.toHandle);
  const corner = useStore(({ domNode }) => domNode);
  const why = useMemo(() => {
    if (end) return whyAt(held, end);
    const { left, top } = corner?.getBoundingClientRect() ?? { left: 0, top: 0 };
    const under = nodeUnder({ x: left + pointer.x, y: top + pointer.y });
    return under === null ? null : held.whyNotBody(under);
  }, [held, end, corner, pointer]);
  if (why === null) return null;
  return (
    <p
      role="status"
      data-testid="refusal"
      className="pointer-events-none absolute z-50 max-w-72 rounded-md border border-bad/60 bg-raised px-2 py-1 text-xs text-bad shadow-float"
      style={{ left: pointer.x + 16, top: pointer.y + 14 }}
    >
      {why}
    </p>
  );
}

const whyAt = (held: Held, end: Handle): string | null =>
  end.nodeId === held.start.nodeId && end.type === held.start.type && end.id === held.start.id
    ? null
    : held.whyNotPort(end);
