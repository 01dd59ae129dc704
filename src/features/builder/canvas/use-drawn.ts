'use client';
import type { Edge } from '@xyflow/react';
import { useMemo, useState } from 'react';
import type { Diagnostic } from '#core/formula/model/diagnostic.ts';
import type { NodeId, Point } from '#core/formula/model/formula.ts';
import { useCanEdit, useSnapshot } from '../session/provider.tsx';
import { flowEdges } from './flow-edges.ts';
import { flowNodes, type BlockNode } from './flow-nodes.ts';

interface DrawnOptions {
  readonly places: ReadonlyMap<NodeId, Point>;
  readonly dragged: ReadonlyMap<NodeId, Point>;
  readonly selectedWires: ReadonlySet<string>;
}

/** React Flow's view of the formula, its objects kept where nothing changed. */
export function useDrawn({ places, dragged, selectedWires }: DrawnOptions): {
  readonly nodes: BlockNode[];
  readonly edges: Edge[];
} {
  const { formula, checked, selection } = useSnapshot();
  const canEdit = useCanEdit();
  const [cache] = useState(() => ({ nodes: new Map<NodeId, BlockNode>(), edges: new Map<string, Edge>() }));
  const problems = useMemo(() => byNode(checked.diagnostics), [checked]);
  const nodes = useMemo(() => {
    const placed = { ...formula, layout: Object.fromEntries(places) };
    const drawn = flowNodes(cache.nodes, { formula: placed, problems, selection, dragged, types: checked.types });
    cache.nodes.clear();
    for (const node of drawn) cache.nodes.set(node.id, node);
    return drawn;
  }, [cache, formula, places, problems, selection, dragged, checked]);
  const edges = useMemo(() => {
    const drawn = flowEdges(cache.edges, { formula, types: checked.types, selected: selectedWires, canEdit });
    cache.edges.clear();
    for (const edge of drawn) cache.edges.set(edge.id, edge);
    return drawn;
  }, [cache, formula, checked, selectedWires, canEdit]);
  return { nodes, edges };
}

function byNode(diagnostics: readonly Diagnostic[]): ReadonlyMap<NodeId, readonly Diagnostic[]> {
  const map = new Map<NodeId, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    if (diagnostic.nodeId === undefined) continue;
    map.set(diagnostic.nodeId, [...(map.get(diagnostic.nodeId) ?? []), diagnostic]);
  }
  return map;
}
