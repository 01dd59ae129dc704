'use client';
import type { Edge } from '@xyflow/react';
import { useId, useMemo, useState } from 'react';
import type { Checked } from '#core/formula/check/check.ts';
import type { Diagnostic } from '#core/formula/model/diagnostic.ts';
import type { NodeId, Point } from '#core/formula/model/formula.ts';
import type { Placed } from './boxes.ts';
import { flowEdges } from './flow-edges.ts';
import { flowNodes, withDragged, type BlockNode, type NodeChangeKind } from './flow-nodes.ts';
import type { Near } from './near.ts';
import { sentencesOf } from './node-sentence.ts';
import { titlesOf } from './node-title.ts';

interface DrawnOptions {
  readonly placed: Placed;
  readonly near: Near;
  readonly checked: Pick<Checked, 'diagnostics' | 'types'>;
  readonly selection: ReadonlySet<NodeId>;
  readonly opened: ReadonlySet<NodeId>;
  readonly changes: ReadonlyMap<NodeId, NodeChangeKind>;
  readonly dragged: ReadonlyMap<NodeId, Point>;
  readonly selectedWires: ReadonlySet<string>;
  readonly canEdit: boolean;
}

/** React Flow's view of what is near, its objects kept where nothing changed. A drag goes over no more than that. */
export function useDrawn({
  placed,
  near,
  checked,
  selection,
  opened,
  changes,
  dragged,
  selectedWires,
  canEdit,
}: DrawnOptions): {
  readonly nodes: BlockNode[];
  readonly edges: Edge[];
} {
  const { formula, places } = placed;
  const [cache] = useState(() => ({ nodes: new Map<NodeId, BlockNode>(), edges: new Map<string, Edge>() }));
  const problems = useMemo(() => byNode(checked.diagnostics), [checked]);
  const titleOf = useMemo(() => titlesOf(formula), [formula]);
  const sentenceOf = useMemo(() => sentencesOf(formula, titleOf), [formula, titleOf]);
  const graphId = useId();
  const standing = useMemo(() => {
    const drawn = flowNodes(cache.nodes, {
      formula,
      ids: near.nodes,
      titleOf,
      sentenceOf,
      graphId,
      opened,
      problems,
      selection,
      changes,
      places,
      types: checked.types,
    });
    cache.nodes.clear();
    for (const node of drawn) cache.nodes.set(node.id, node);
    return drawn;
  }, [cache, formula, near.nodes, titleOf, sentenceOf, graphId, opened, places, problems, selection, changes, checked]);
  const indices = useMemo(() => new Map(standing.map(({ id }, index) => [id, index])), [standing]);
  const nodes = useMemo(
    () => (dragged.size === 0 ? standing : withDragged(standing, indices, dragged)),
    [standing, indices, dragged],
  );
  const edges = useMemo(() => {
    const { wires } = near;
    const drawn = flowEdges(cache.edges, { placed, wires, types: checked.types, selected: selectedWires, canEdit });
    cache.edges.clear();
    for (const edge of drawn) cache.edges.set(edge.id, edge);
    return drawn;
  }, [cache, placed, near, checked, selectedWires, canEdit]);
  return { nodes, edges };
}

function byNode(diagnostics: readonly Diagnostic[]): ReadonlyMap<NodeId, readonly Diagnostic[]> {
  const map = new Map<NodeId, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    if (diagnostic.nodeId === undefined) continue;
    const known = map.get(diagnostic.nodeId);
    if (known) known.push(diagnostic);
    else map.set(diagnostic.nodeId, [diagnostic]);
  }
  return map;
}
