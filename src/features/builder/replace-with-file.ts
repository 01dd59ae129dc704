import { editsBetween } from '#core/formula/change/apply-edits.ts';
import { reconcile } from '#core/formula/change/reconcile.ts';
import { isReadable, readFile, type FileProblem } from '#core/formula/check/read-file.ts';
import type { Edit } from '#core/formula/model/edit.ts';
import type { Formula, NodeId } from '#core/formula/model/formula.ts';

export type Replacement =
  | { readonly ok: true; readonly edits: readonly Edit[] }
  | { readonly ok: false; readonly problems: readonly FileProblem[] };

/**
 * The edits that make of a formula the one in a file, nodes that say the same keeping their ids and places; or why the
 * file is refused.
 */
export function replaceWithFile(formula: Formula, text: string, newId: () => NodeId): Replacement {
  const file = readFile(text);
  if (!isReadable(file)) return { ok: false, problems: file.problems.filter(({ severity }) => severity === 'error') };
  return { ok: true, edits: editsBetween(formula, reconcile(formula, file.formula, newId)) };
}
