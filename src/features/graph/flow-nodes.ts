import { Position, type Node, type NodeHandle } from '@xyflow/react';
import type { Analysis } from '#core/formula/facts/analyse.ts';
import type { GivenType } from '#core/formula/language/types.ts';
import type { Diagnostic } from '#core/formula/model/diagnostic.ts';
import { nodeOf, type Formula, type FormulaNode, type NodeId, type Point } from '#core/formula/model/formula.ts';
import type { NodeSentence } from './node-sentence.ts';
import { HANDLE_SIZE, NODE_WIDTH, shapeOf } from './node-shape.ts';
import type { NodeTitle } from './node-title.ts';

export interface BlockData extends Record<string, unknown> {
  readonly node: FormulaNode;
  /** What people call it, and what code writes of it where that says more. */
  readonly title: NodeTitle;
  /** As a screen reader says it. */
  readonly sentence: NodeSentence;
  /** The id of the element with that sentence. */
  readonly sentenceId: string;
  /** Which of its ports it shows. */
  readonly ports: 'few' | 'all';
  readonly problems: readonly Diagnostic[];
  /** The types of its outputs, by name. */
  readonly types: OutputTypes;
  readonly change: NodeChangeKind | undefined;
}

/** How a node differs from the same node of another formula. */
export type NodeChangeKind = 'added' | 'removed' | 'changed' | 'moved';

export type BlockNode = Node<BlockData, 'block'>;

type OutputTypes = Readonly<Record<string, GivenType>>;

const NO_TYPES: OutputTypes = {};
const NO_PROBLEMS: readonly Diagnostic[] = [];
const ORIGIN: Point = { x: 0, y: 0 };

export interface Drawn {
  readonly formula: Formula;
  /** Those that are drawn. */
  readonly ids: readonly NodeId[];
  readonly titleOf: (id: NodeId, node: FormulaNode) => NodeTitle;
  readonly sentenceOf: (id: NodeId, node: FormulaNode) => NodeSentence;
  /** Parts this graph's elements from those of another on the page. */
  readonly graphId: string;
  /** Nodes that show all of their ports. */
  readonly opened: ReadonlySet<NodeId>;
  readonly problems: ReadonlyMap<NodeId, readonly Diagnostic[]>;
  readonly selection: ReadonlySet<NodeId>;
  readonly types: Analysis['types'];
  readonly changes: ReadonlyMap<NodeId, NodeChangeKind>;
  readonly places: ReadonlyMap<NodeId, Point>;
}

/** React Flow's nodes; those of `before` where nothing of them has changed. */
export function flowNodes(
  before: ReadonlyMap<NodeId, BlockNode>,
  { formula, ids, titleOf, sentenceOf, graphId, opened, problems, selection, changes, places, types: allTypes }: Drawn,
): BlockNode[] {
  return ids.flatMap((id) => {
    const node = nodeOf(formula, id);
    if (!node) return [];
    const position = places.get(id) ?? ORIGIN;
    const found = problems.get(id) ?? NO_PROBLEMS;
    const types = allTypes.get(id) ?? NO_TYPES;
    const selected = selection.has(id);
    const old = before.get(id);
    const ports = opened.has(id) ? 'all' : 'few';
    const now: BlockData = {
      node,
      ports,
      title: titleOf(id, node),
      sentence: sentenceOf(id, node),
      sentenceId: `${graphId}${id}`,
      problems: found,
      types,
      change: changes.get(id),
    };
    const data = old && sameData(old.data, now) ? old.data : now;
    const isSame =
      old?.data === data && old.selected === selected && old.position.x === position.x && old.position.y === position.y;
    if (isSame) return old;
    const { height } = shapeOf(node, ports);
    const isSameShape = old?.data.node === node && old.data.ports === ports;
    const handles = isSameShape ? old.handles : flowHandles(node, ports);
    return {
      id,
      type: 'block',
      position: { ...position },
      data,
      selected,
      width: NODE_WIDTH,
      height,
      measured: { width: NODE_WIDTH, height },
      ...(handles ? { handles } : {}),
      domAttributes: { 'aria-labelledby': data.sentenceId },
    };
  });
}

/** The same nodes with those in other places that somebody drags at this moment: the others stay the same objects. */
export function withDragged(
  nodes: readonly BlockNode[],
  indices: ReadonlyMap<NodeId, number>,
  dragged: ReadonlyMap<NodeId, Point>,
): BlockNode[] {
  const next = [...nodes];
  for (const [id, { x, y }] of dragged) {
    const index = indices.get(id);
    const node = index === undefined ? undefined : nodes[index];
    if (index !== undefined && node) next[index] = { ...node, position: { x, y } };
  }
  return next;
}

// React Flow measures the handles of a node once. A node keeps its id while an edit of the code gives it another block:
// told where the handles of the node as it is now are, React Flow never draws wires to those of before, or none at all.
const flowHandles = (node: FormulaNode, ports: 'few' | 'all'): NodeHandle[] =>
  shapeOf(node, ports).handles.map(({ id, side, y }) => ({
    id,
    type: side === 'input' ? 'target' : 'source',
    position: side === 'input' ? Position.Left : Position.Right,
    x: (side === 'input' ? 0 : NODE_WIDTH) - HANDLE_SIZE / 2,
    y: y - HANDLE_SIZE / 2,
    width: HANDLE_SIZE,
    height: HANDLE_SIZE,
  }));

const sameData = (a: BlockData, b: BlockData): boolean =>
  a.node === b.node &&
  a.ports === b.ports &&
  a.title.name === b.title.name &&
  a.title.detail === b.title.detail &&
  a.sentence.what === b.sentence.what &&
  a.sentence.readBy === b.sentence.readBy &&
  a.change === b.change &&
  sameProblems(a.problems, b.problems) &&
  sameTypes(a.types, b.types);

const sameTypes = (a: OutputTypes, b: OutputTypes): boolean =>
  a === b || Object.keys({ ...a, ...b }).every((name) => a[name] === b[name]);

const sameProblems = (a: readonly Diagnostic[], b: readonly Diagnostic[]): boolean =>
  a.length === b.length && a.every((problem, index) => problem.message === b[index]?.message);
