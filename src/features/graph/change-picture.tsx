'use client';
import { ViewportPortal } from '@xyflow/react';
import { memo, useMemo } from 'react';
import { nodeOf, type Formula, type NodeId } from '#core/formula/model/formula.ts';
import { boxOf, type Placed } from './boxes.ts';
import type { Wire } from './flow-edges.ts';
import type { NodeChangeKind } from './flow-nodes.ts';
import { rectPath } from './node-picture.tsx';
import { pathOf } from './wire-path.ts';

const STROKES = {
  added: ['var(--good)', undefined],
  removed: ['var(--bad)', '6 4'],
  changed: ['var(--warn)', '2 3'],
  moved: ['var(--accent)', '8 3 2 3'],
} as const satisfies Record<NodeChangeKind, unknown>;

interface ChangePictureProps {
  readonly placed: Placed;
  readonly changes: ReadonlyMap<NodeId, NodeChangeKind>;
}

/** Nodes that differ, where all nodes are spots of colour: one path for each kind of change. */
export const ChangePicture = memo(function ChangePicture({ placed, changes }: ChangePictureProps) {
  const paths = useMemo(() => {
    const found = new Map<NodeChangeKind, string>();
    for (const [id, kind] of changes) {
      const box = boxOf(placed, id);
      if (box) found.set(kind, (found.get(kind) ?? '') + rectPath(box));
    }
    return [...found];
  }, [placed, changes]);
  return (
    <ViewportPortal>
      <svg aria-hidden data-testid="change-picture" className="pointer-events-none absolute size-px overflow-visible">
        {paths.map(([kind, path]) => (
          <path
            key={kind}
            d={path}
            fill={STROKES[kind][0]}
            fillOpacity={0.35}
            stroke={STROKES[kind][0]}
            strokeDasharray={STROKES[kind][1]}
            strokeWidth={2}
            vectorEffect="non-scaling-stroke"
          />
        ))}
      </svg>
    </ViewportPortal>
  );
});

interface ChangedWiresProps {
  /** Of which the wires are: its nodes stand where `placed` has them. */
  readonly formula: Formula;
  readonly placed: Placed;
  readonly wires: readonly Wire[];
  readonly kind: 'added' | 'removed';
}

/** Wires that only one of two formulas has, over the wires of both. */
export const ChangedWires = memo(function ChangedWires({ formula, placed, wires, kind }: ChangedWiresProps) {
  const path = useMemo(() => {
    const shown = wires.filter(({ node }) => nodeOf(placed.formula, node) !== undefined);
    return pathOf({ ...placed, formula }, shown);
  }, [formula, placed, wires]);
  if (path === '') return null;
  const [stroke, dashes] = STROKES[kind];
  return (
    <ViewportPortal>
      <svg aria-hidden data-testid={`wires-${kind}`} className="pointer-events-none absolute size-px overflow-visible">
        <path
          d={path}
          fill="none"
          stroke={stroke}
          strokeDasharray={dashes}
          strokeWidth={2.5}
          vectorEffect="non-scaling-stroke"
        />
      </svg>
    </ViewportPortal>
  );
});
