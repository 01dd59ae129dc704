import type { Edge } from '@xyflow/react';
import { findOutput } from '#core/formula/blocks/catalogue.ts';
import type { Analysis } from '#core/formula/facts/analyse.ts';
import { isRef, nodeOf, type Formula, type FormulaNode, type NodeId, type Ref } from '#core/formula/model/formula.ts';
import { bendsIn, type BentEdge } from './bends-in.ts';
import type { Placed } from './boxes.ts';
import { portName } from './chain-view.ts';
import { FEED_HANDLE } from './node-shape.ts';
import { blockOf } from './scope-view.ts';

/** Of a wire on the canvas: the argument that it is. */
export interface Wire {
  readonly node: NodeId;
  readonly port: string;
}

export const wireId = ({ node, port }: Wire): string => `${node}/${port}`;

/** Null of an edge that is no wire of a formula. */
export const wireOfEdge = ({ target, targetHandle }: Pick<Edge, 'target' | 'targetHandle'>): Wire | null =>
  targetHandle ? { node: target, port: targetHandle } : null;

interface DrawnWires {
  readonly placed: Placed;
  /** Those that are drawn. */
  readonly wires: readonly Wire[];
  readonly types: Analysis['types'];
  readonly selected: ReadonlySet<string>;
  readonly canEdit: boolean;
}

/**
 * A wire is the argument of the node that it enters, and has its name. The edges of `before` are kept where nothing of
 * them has changed.
 */
export function flowEdges(
  before: ReadonlyMap<string, Edge>,
  { placed, wires, types, selected, canEdit }: DrawnWires,
): Edge[] {
  const { formula } = placed;
  return wires.flatMap(({ node: id, port }): Edge[] => {
    const arg = nodeOf(formula, id)?.args[port];
    const from = isRef(arg) ? nodeOf(formula, arg.from) : undefined;
    if (!isRef(arg) || !from) return [];
    const output = outputOf(from, arg);
    const type = output === undefined ? 'feed' : types.get(arg.from)?.[output];
    const isSelected = selected.has(wireId({ node: id, port }));
    const dot = arg.output === undefined ? '' : `.${arg.output}`;
    const edge: Edge = {
      id: wireId({ node: id, port }),
      source: arg.from,
      sourceHandle: output ?? FEED_HANDLE,
      target: id,
      targetHandle: port,
      className: `wire wire-${(type ?? 'number').replace(/\W/g, '-')}`,
      ariaLabel: `${nameOf(formula, arg.from)}${dot} → ${nameOf(formula, id)} ${portName(nodeOf(formula, id), port)}`,
      selected: isSelected,
      // The end at an output is for new wires; that of a wire which is selected can be moved, too.
      reconnectable: canEdit && (isSelected || 'target'),
      deletable: canEdit,
      ...bentPart(placed, { node: id, port }, arg.from),
    };
    const old = before.get(edge.id);
    return [old && sameEdge(old, edge) ? old : edge];
  });
}

/** What makes a wire that is led through points another kind of edge. */
function bentPart({ formula, places }: Placed, wire: Wire, source: NodeId): Pick<BentEdge, 'type' | 'data'> | object {
  const bends = bendsIn(formula, wire);
  const [from, to] = [places.get(source), places.get(wire.node)];
  return bends.length > 0 && from && to ? { type: 'bent', data: { bends, standing: [from, to] } } : {};
}

/** Undefined for the feed as a whole. */
export function outputOf(node: FormulaNode, { output }: Ref): string | undefined {
  const block = blockOf(node);
  return block?.kind === 'feed' && output === undefined ? undefined : block && findOutput(block, output)?.name;
}

const nameOf = (formula: Formula, id: NodeId): string => nodeOf(formula, id)?.name ?? nodeOf(formula, id)?.block ?? id;

const COMPARED = [
  'type',
  'source',
  'sourceHandle',
  'target',
  'targetHandle',
  'className',
  'ariaLabel',
  'selected',
  'reconnectable',
  'deletable',
] as const;
const sameEdge = (a: Edge, b: Edge): boolean =>
  COMPARED.every((key) => a[key] === b[key]) && JSON.stringify(a.data) === JSON.stringify(b.data);
