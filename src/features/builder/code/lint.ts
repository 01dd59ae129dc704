import type { Action, Diagnostic as Shown } from '@codemirror/lint';
import { linter } from '@codemirror/lint';
import { check } from '#core/formula/check.ts';
import { applyEdits } from '#core/formula/edits.ts';
import type { Diagnostic } from '#core/formula/diagnostic.ts';
import type { Formula } from '#core/formula/formula.ts';
import { locate, parse } from '#core/formula/parse.ts';
import { print } from '#core/formula/print.ts';
import { textChanges } from './line-diff.ts';

/** Problems of the text; when it has none, those of what it means. */
export const formulaLint = linter((view) => {
  const code = view.state.doc.toString();
  const { formula, spans, diagnostics } = parse(code);
  const problems = diagnostics.length > 0 ? diagnostics : locate(check(formula).diagnostics, spans);
  return problems.map((problem) => shown(problem, formula, code));
}, { delay: 120 });

function shown(problem: Diagnostic, formula: Formula, code: string): Shown {
  const { span, severity, message } = problem;
  const from = Math.min(span?.start ?? 0, code.length);
  const to = Math.min(Math.max(span?.end ?? 0, from), code.length);
  return { from, to, severity, message, actions: fixOf(problem, formula, code) };
}

function fixOf({ fix }: Diagnostic, formula: Formula, code: string): Action[] {
  const edits = fix?.edits;
  if (!fix || !edits) return [];
  return [{ name: fix.title, apply: (view) => view.dispatch({ changes: textChanges(code, print(applyEdits(formula, edits))) }) }];
}
