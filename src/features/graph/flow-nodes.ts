import { Position, type Node, type NodeHandle } from '@xyflow/react';
import type { Analysis } from '#core/formula/facts/analyse.ts';
import type { GivenType } from '#core/formula/language/types.ts';
import type { Diagnostic } from '#core/formula/model/diagnostic.ts';
import type { Formula, FormulaNode, NodeId, Point } from '#core/formula/model/formula.ts';
import { HANDLE_SIZE, nodeHandles, nodeHeight, NODE_WIDTH } from './node-shape.ts';

export interface BlockData extends Record<string, unknown> {
  readonly node: FormulaNode;
  readonly problems: readonly Diagnostic[];
  /** The types of its outputs, by name. */
  readonly types: OutputTypes;
  readonly change: NodeChangeKind | undefined;
}

/** How a node differs from the same node of another formula. */
export type NodeChangeKind = 'added' | 'removed' | 'changed';

export type BlockNode = Node<BlockData, 'block'>;

type OutputTypes = Readonly<Record<string, GivenType>>;

const NO_TYPES: OutputTypes = {};
const NO_PROBLEMS: readonly Diagnostic[] = [];
const ORIGIN: Point = { x: 0, y: 0 };

export interface Drawn {
  readonly formula: Formula;
  readonly problems: ReadonlyMap<NodeId, readonly Diagnostic[]>;
  readonly selection: ReadonlySet<NodeId>;
  readonly types: Analysis['types'];
  readonly changes: ReadonlyMap<NodeId, NodeChangeKind>;
  readonly places: ReadonlyMap<NodeId, Point>;
  /** Where nodes are that somebody drags at this moment. */
  readonly dragged: ReadonlyMap<NodeId, Point>;
}

/** React Flow's nodes; those of `before` where nothing of them has changed. */
export function flowNodes(
  before: ReadonlyMap<NodeId, BlockNode>,
  { formula, problems, selection, changes, places, dragged, types: allTypes }: Drawn,
): BlockNode[] {
  return Object.entries(formula.nodes).map(([id, node]) => {
    const position = dragged.get(id) ?? places.get(id) ?? ORIGIN;
    const found = problems.get(id) ?? NO_PROBLEMS;
    const types = allTypes.get(id) ?? NO_TYPES;
    const selected = selection.has(id);
    const old = before.get(id);
    const now: BlockData = { node, problems: found, types, change: changes.get(id) };
    const data = old && sameData(old.data, now) ? old.data : now;
    const isSame =
      old?.data === data && old.selected === selected && old.position.x === position.x && old.position.y === position.y;
    if (isSame) return old;
    const height = nodeHeight(node);
    const handles = old?.data.node === node ? old.handles : flowHandles(node);
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
    };
  });
}

// React Flow measures the handles of a node once. A node keeps its id while an edit of the code gives it another block: told where the
// handles of the node as it is now are, React Flow never draws wires to those of before, or none at all.
const flowHandles = (node: FormulaNode): NodeHandle[] =>
  nodeHandles(node).map(({ id, side, y }) => ({
    id,
    type: side === 'input' ? 'target' : 'source',
    position: side === 'input' ? Position.Left : Position.Right,
    x: (side === 'input' ? 0 : NODE_WIDTH) - HANDLE_SIZE / 2,
    y: y - HANDLE_SIZE / 2,
    width: HANDLE_SIZE,
    height: HANDLE_SIZE,
  }));

const sameData = (a: BlockData, b: BlockData): boolean =>
  a.node === b.node && a.change === b.change && sameProblems(a.problems, b.problems) && sameTypes(a.types, b.types);

const sameTypes = (a: OutputTypes, b: OutputTypes): boolean =>
  a === b || Object.keys({ ...a, ...b }).every((name) => a[name] === b[name]);

const sameProblems = (a: readonly Diagnostic[], b: readonly Diagnostic[]): boolean =>
  a.length === b.length && a.every((problem, index) => problem.message === b[index]?.message);
