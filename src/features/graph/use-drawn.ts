'use client';
import type { Edge } from '@xyflow/react';
import { useMemo, useState } from 'react';
import type { Checked } from '#core/formula/check/check.ts';
import type { Diagnostic } from '#core/formula/model/diagnostic.ts';
import type { Formula, NodeId, Point } from '#core/formula/model/formula.ts';
import { flowEdges } from './flow-edges.ts';
import { flowNodes, type BlockNode, type NodeChangeKind } from './flow-nodes.ts';

interface DrawnOptions {
  readonly formula: Formula;
  readonly checked: Pick<Checked, 'diagnostics' | 'types'>;
  readonly selection: ReadonlySet<NodeId>;
  readonly changes: ReadonlyMap<NodeId, NodeChangeKind>;
  readonly places: ReadonlyMap<NodeId, Point>;
  readonly dragged: ReadonlyMap<NodeId, Point>;
  readonly selectedWires: ReadonlySet<string>;
  readonly canEdit: boolean;
}

/** React Flow's view of the formula, its objects kept where nothing changed. */
export function useDrawn({
  formula,
  checked,
  selection,
  changes,
  places,
  dragged,
  selectedWires,
  canEdit,
}: DrawnOptions): {
  readonly nodes: BlockNode[];
  readonly edges: Edge[];
} {
  const [cache] = useState(() => ({ nodes: new Map<NodeId, BlockNode>(), edges: new Map<string, Edge>() }));
  const problems = useMemo(() => byNode(checked.diagnostics), [checked]);
  const nodes = useMemo(() => {
    const drawn = flowNodes(cache.nodes, {
      formula,
      problems,
      selection,
      changes,
      places,
      dragged,
      types: checked.types,
    });
    cache.nodes.clear();
    for (const node of drawn) cache.nodes.set(node.id, node);
    return drawn;
  }, [cache, formula, places, problems, selection, changes, dragged, checked]);
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
