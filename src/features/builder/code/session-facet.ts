import { Facet, type EditorState } from '@codemirror/state';
import type { FormulaSession } from '../session/formula-session.ts';

/** The formula that an editor shows. */
export const formulaSession = Facet.define<FormulaSession, FormulaSession | undefined>({
  combine: ([session]) => session,
});

export function sessionOf(state: EditorState): FormulaSession {
  const session = state.facet(formulaSession);
  if (!session) throw new Error('A part of the code pane is used in an editor without a formula.');
  return session;
}
