import { forEachDiagnostic, linter, lintGutter, type Diagnostic as Mark } from '@codemirror/lint';
import type { EditorState, Extension, Text } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import { locate } from '#core/formula/language/parse.ts';
import { isUnfinished, type Diagnostic } from '#core/formula/model/diagnostic.ts';
import { CUT_WIRE } from '../../session/add-cut-wire-problems.ts';
import { checkedOf, parsedOf } from '../read-code.ts';
import { sessionOf } from '../session-facet.ts';
import { statementFinder } from '../statement-of.ts';
import { partRanges, statementRanges } from '../text/text-field.ts';
import { applyFix } from './fix.ts';

/** A problem that is marked in the text. */
export interface MarkedProblem {
  readonly problem: Diagnostic;
  /** Of the text, rather than of what it means. */
  readonly isOfText: boolean;
  readonly from: number;
  readonly to: number;
}

/** What each mark of the editor stands for. */
const problemOf = new WeakMap<Mark, Pick<MarkedProblem, 'problem' | 'isOfText'>>();

/** The problems that are marked in the text, where they are now, in their order. */
export function markedProblems(state: EditorState): readonly MarkedProblem[] {
  const marked: MarkedProblem[] = [];
  forEachDiagnostic(state, (mark, from, to) => {
    const known = problemOf.get(mark);
    if (known) marked.push({ ...known, from, to });
  });
  return marked.sort((a, b) => a.from - b.from || a.to - b.to);
}

/**
 * Problems of the text; when it has none, those of what it means. The latter stay in sight while the text does not
 * read, but for what is being typed.
 */
function findProblems({ state }: EditorView): readonly Mark[] {
  const { spans, diagnostics } = parsedOf(state);
  const found =
    diagnostics.length > 0
      ? diagnostics
      : locate(checkedOf(state).diagnostics, spans).map((problem) => asCutWire(problem, state));
  const problems = found.map((problem) => ({
    problem,
    isOfText: diagnostics.length > 0,
    ...rangeOf(problem, state.doc),
  }));
  return [...problems, ...(diagnostics.length > 0 ? stillThere(state) : [])].map((problem) =>
    mark(problem, state.readOnly),
  );
}

/** What seems to be missing in the text may be a wire that is set aside: then that is said. */
function asCutWire(problem: Diagnostic, state: EditorState): Diagnostic {
  if (problem.code !== 'missing-argument') return problem;
  const { checked, formula } = sessionOf(state).snapshot();
  const cut = checked.diagnostics.filter(({ code, port }) => code === CUT_WIRE && port === problem.port);
  if (cut.length === 0) return problem;
  const statementOf = statementFinder(formula);
  const start = problem.span?.start ?? 0;
  const range = statementRanges(state).find(({ from, to }) => from <= start && start <= to);
  const told = cut.find(({ nodeId }) => nodeId !== undefined && statementOf(nodeId) === range?.id);
  return told ? { ...problem, code: told.code, message: told.message } : problem;
}

/** Where a problem is marked: what is missing at the end of a line is marked at what stands before it. */
function rangeOf({ span }: Diagnostic, doc: Text): { readonly from: number; readonly to: number } {
  const from = Math.min(span?.start ?? 0, doc.length);
  const to = Math.min(Math.max(span?.end ?? 0, from), doc.length);
  if (doc.sliceString(from, to).trim() !== '') return { from, to };
  const line = doc.lineAt(from);
  const before = doc.sliceString(line.from, from).trimEnd().length;
  return before === 0 ? { from, to } : { from: line.from + before - 1, to: line.from + before };
}

function stillThere(state: EditorState): readonly MarkedProblem[] {
  const typed = partRanges(state).filter(({ part }) => part.kind === 'open');
  return markedProblems(state).filter(
    ({ isOfText, from, to }) => !isOfText && !typed.some((part) => part.from <= to && from <= part.to),
  );
}

function mark({ problem, isOfText, from, to }: MarkedProblem, isReadOnly: boolean): Mark {
  const { severity, message, fix, code } = problem;
  const made: Mark = {
    from,
    to,
    severity: isUnfinished(problem) ? 'info' : severity,
    message,
    ...(code === 'unused' ? { markClass: 'cm-unused' } : {}),
    actions: fix && !isReadOnly ? [{ name: fix.title, apply: (view, at) => applyFix(view, problem, at) }] : [],
  };
  problemOf.set(made, { problem, isOfText });
  return made;
}

/** Marks problems as the person types, in the text and beside it. */
export const formulaLint: Extension = [linter(findProblems, { delay: 120 }), lintGutter({ hoverTime: 150 })];
