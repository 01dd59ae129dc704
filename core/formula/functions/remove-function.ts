import { applyEdits } from '../change/apply-edits.ts';
import { calleeOf, functionsOf, scopeOf } from '../language/functions.ts';
import type { Edit } from '../model/edit.ts';
import { nodeOf, type Formula, type NodeId } from '../model/formula.ts';
import { unpackCall } from './unpack.ts';

/**
 * Takes a function away. What is called stays: in the place of each call stands what the function is made of, so that
 * the formula gives the same bits. `calls`: how many there were.
 */
export function removeFunction(
  formula: Formula,
  id: NodeId,
  newId: () => NodeId,
): { readonly edits: readonly Edit[]; readonly calls: number } {
  const edits: Edit[] = [];
  let now = formula;
  const take = (next: readonly Edit[]): void => {
    edits.push(...next);
    now = applyEdits(now, next);
  };
  const calls = Object.entries(formula.nodes).flatMap(([call, node]) =>
    calleeOf(formula, node) === id && scopeOf(formula, node) !== id ? [call] : [],
  );
  for (const call of calls) take(unpackCall(now, call, newId));
  if (nodeOf(now, id))
    take([...(functionsOf(now).get(id)?.all ?? []), id].map((part): Edit => ({ type: 'removeNode', id: part })));
  return { edits, calls: calls.length };
}
