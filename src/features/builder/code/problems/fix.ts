import type { EditorState } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import type { Diagnostic } from '#core/formula/model/diagnostic.ts';
import type { Edit } from '#core/formula/model/edit.ts';
import { mergeNow, readNow } from '../in-step.ts';
import { parsedOf } from '../read-code.ts';
import { sessionOf } from '../session-facet.ts';
import { statementFinder } from '../statement-of.ts';
import { statementRanges } from '../text/text-field.ts';

/**
 * Applies the fix of a problem that is shown at `from`. The text or the formula may have changed since it was found, so
 * it is looked up again; nothing happens when it is gone. A fix of the text is typed, one of the formula is one edit of
 * it.
 */
export function applyFix(view: EditorView, problem: Diagnostic, from: number): void {
  if (view.state.readOnly) return;
  const change = textFix(view.state, problem, from);
  if (change) {
    view.dispatch({ changes: change, userEvent: 'input.fix', scrollIntoView: true });
    readNow(view);
    return;
  }
  readNow(view);
  const edits = graphFix(view.state, problem, from);
  if (edits.length === 0) return;
  sessionOf(view.state).edit(edits);
  mergeNow(view);
}

function textFix(
  state: EditorState,
  problem: Diagnostic,
  from: number,
): { readonly from: number; readonly to: number; readonly insert: string } | undefined {
  const found = nearest(
    parsedOf(state).diagnostics.filter((candidate) => isSame(candidate, problem)),
    ({ span }) => span?.start ?? 0,
    from,
  );
  const change = found?.fix?.change;
  return change && { from: change.start, to: change.end, insert: change.insert };
}

/** The formula's own problem: what is read from the text knows the nodes by other ids. */
function graphFix(state: EditorState, problem: Diagnostic, from: number): readonly Edit[] {
  const { formula, checked } = sessionOf(state).snapshot();
  const statementOf = statementFinder(formula);
  const starts = new Map(statementRanges(state).map((range) => [range.id, range.from]));
  const placeOf = ({ nodeId }: Diagnostic): number =>
    starts.get((nodeId === undefined ? undefined : statementOf(nodeId)) ?? '') ?? 0;
  return (
    nearest(
      checked.diagnostics.filter((candidate) => isSame(candidate, problem)),
      placeOf,
      from,
    )?.fix?.edits ?? []
  );
}

const isSame = (a: Diagnostic, b: Diagnostic): boolean => a.code === b.code && a.message === b.message;

function nearest<T>(candidates: readonly T[], placeOf: (candidate: T) => number, at: number): T | undefined {
  const distance = (candidate: T) => Math.abs(placeOf(candidate) - at);
  return candidates.toSorted((a, b) => distance(a) - distance(b))[0];
}
