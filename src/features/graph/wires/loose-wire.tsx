'use client';
import { ViewportPortal } from '@xyflow/react';
import type { Point } from '#core/formula/model/formula.ts';
import type { Dangling } from '../add-block.ts';
import { shapeIn, type Placed } from '../boxes.ts';
import { outputOf, type Wire } from '../flow-edges.ts';
import { FEED_HANDLE, NODE_WIDTH } from '../node-shape.ts';
import { curve, pathOf } from '../wire-path.ts';

/** A wire that ends in empty canvas while somebody chooses what shall stand there. */
export interface Loose {
  readonly dangling: Dangling;
  readonly at: Point;
}

export function LooseWire({ placed, loose: { dangling, at } }: { readonly placed: Placed; readonly loose: Loose }) {
  const path = 'from' in dangling ? fromOutput(placed, dangling.from, at) : toInput(placed, dangling.to, at);
  return path === null ? null : <Lines path={path} className="stroke-accent" testId="loose-wire" />;
}

function fromOutput(placed: Placed, from: Extract<Dangling, { from: unknown }>['from'], at: Point): string | null {
  const place = placed.places.get(from.from);
  const node = placed.formula.nodes[from.from];
  const output = (node && outputOf(node, from)) ?? FEED_HANDLE;
  const handle = shapeIn(placed, from.from)?.handles.find(({ id, side }) => side === 'output' && id === output);
  return place && handle ? curve({ x: place.x + NODE_WIDTH, y: place.y + handle.y }, at) : null;
}

function toInput(placed: Placed, { node, port }: Wire, at: Point): string | null {
  const place = placed.places.get(node);
  const handle = shapeIn(placed, node)?.handles.find(({ id, side }) => side === 'input' && id === port);
  return place && handle ? curve(at, { x: place.x, y: place.y + handle.y }) : null;
}

interface MarkedWiresProps {
  readonly placed: Placed;
  readonly wires: readonly Wire[];
  /** What becomes of them when the pointer is let go. */
  readonly as: 'cut' | 'target';
}

/** Wires that something is about to happen to. */
export function MarkedWires({ placed, wires, as }: MarkedWiresProps) {
  if (wires.length === 0) return null;
  return (
    <Lines
      path={pathOf(placed, wires)}
      className={as === 'cut' ? 'stroke-bad' : 'stroke-accent'}
      testId={as === 'cut' ? 'wires-to-cut' : 'wire-to-enter'}
    />
  );
}

interface LinesProps {
  readonly path: string;
  readonly className: string;
  readonly testId: string;
}

const Lines = ({ path, className, testId }: LinesProps) => (
  <ViewportPortal>
    <svg aria-hidden data-testid={testId} className="pointer-events-none absolute size-px overflow-visible">
      <path d={path} fill="none" strokeWidth={3} vectorEffect="non-scaling-stroke" className={className} />
    </svg>
  </ViewportPortal>
);
