import type { Edit } from '#core/formula/edit.ts';
import { editsBetween } from '#core/formula/edits.ts';
import type { Formula, NodeId } from '#core/formula/formula.ts';
import { isReadable, readFile, type FileProblem } from '#core/formula/read-file.ts';
import { reconcile } from '#core/formula/reconcile.ts';

export type Replacement = { readonly ok: true; readonly edits: readonly Edit[] } | { readonly ok: false; readonly problems: readonly FileProblem[] };

/** The edits that make of a formula the one in a file, nodes that say the same keeping their ids and places; or why the file is refused. */
export function replaceWithFile(formula: Formula, text: string, newId: () => NodeId): Replacement {
  const file = readFile(text);
  if (!isReadable(file)) return { ok: false, problems: file.problems.filter(({ severity }) => severity === 'error') };
  return { ok: true, edits: editsBetween(formula, reconcile(formula, file.formula, newId)) };
}
