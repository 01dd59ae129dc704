import type { Graph } from '../facts/graph.ts';
import type { NodeId } from '../model/formula.ts';

const LONGEST = 56;

/**
 * An id that no node has, for a repair that adds one: the same for the same formula, so that two people who apply it
 * add one node, not two.
 */
export function freshId({ find }: Pick<Graph, 'find'>, wanted: string): NodeId {
  const stem = wanted.slice(-LONGEST);
  let id = stem;
  for (let count = 2; find(id); count += 1) id = `${stem}-${count}`;
  return id;
}
