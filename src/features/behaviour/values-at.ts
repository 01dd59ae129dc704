import { align } from '#core/diff/align.ts';
import { diff } from '#core/diff/diff.ts';
import { nodesOfChange } from '#core/diff/overlay.ts';
import { sideOf } from '#core/diff/side.ts';
import { nodeOf, type Formula, type NodeId } from '#core/formula/model/formula.ts';

/** A node that is worth looking at where two strategies part. */
export interface LookedNode {
  readonly id: NodeId;
  readonly label: string;
  readonly isIn: readonly [before: boolean, after: boolean];
  readonly isChanged: boolean;
}

interface Looked {
  /** With the ids of the first: a node has one id on both sides. */
  readonly after: Formula;
  readonly nodes: readonly LookedNode[];
}

/**
 * The nodes of both, statements first: of these it is seen at a bar whether their values differ. Actions and functions
 * have no value.
 */
export function lookedNodes(before: Formula, second: Formula): Looked {
  const after = align(before, second);
  const [a, b] = [sideOf(before), sideOf(after)];
  const changed = new Set(diff(before, second).changes.flatMap(nodesOfChange));
  const nodes = [...Object.keys(after.nodes), ...Object.keys(before.nodes)];
  const ids = [...new Set([...b.statements, ...a.statements, ...nodes])];
  return {
    after,
    nodes: ids.flatMap((id): LookedNode[] => {
      const side = nodeOf(after, id) ? b : a;
      const isIn = [nodeOf(before, id) !== undefined, nodeOf(after, id) !== undefined] as const;
      return [{ id, label: side.isStatement(id) ? side.labelOf(id) : side.says(id), isIn, isChanged: changed.has(id) }];
    }),
  };
}
