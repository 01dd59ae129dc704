'use client';
import { useEffect, useSyncExternalStore } from 'react';
import type { NodeId } from '#core/formula/model/formula.ts';
import { useGraphParts, type GraphSparks } from './context.ts';
import { NODE_WIDTH } from './node-shape.ts';

/** Of the picture, in the graph: the tidy layout leaves so much room between nodes. */
export const SPARK_SIZE = { width: NODE_WIDTH - 12, height: 10 };

/** A small picture of a node's series, below the node: the node keeps its size, and nothing moves. */
export function NodeSpark({ node }: { readonly node: NodeId }) {
  const { sparks } = useGraphParts();
  return sparks?.isOn(node) ? <Picture node={node} sparks={sparks} /> : null;
}

function Picture({ node, sparks }: { readonly node: NodeId; readonly sparks: GraphSparks }) {
  useEffect(() => sparks.show(node), [sparks, node]);
  const path = useSyncExternalStore(
    sparks.subscribe,
    () => sparks.read(node),
    () => undefined,
  );
  const { width, height } = SPARK_SIZE;
  if (path === undefined || path === '') return null;
  return (
    <svg
      data-testid="node-spark"
      aria-hidden
      width={width + 8}
      height={height + 4}
      viewBox={`-4 -2 ${width + 8} ${height + 4}`}
      className="pointer-events-none absolute top-full left-0.5 mt-px rounded-sm bg-raised/90"
    >
      <path d={path} fill="none" strokeWidth={1.25} strokeLinejoin="round" className="stroke-accent-text" />
    </svg>
  );
}
