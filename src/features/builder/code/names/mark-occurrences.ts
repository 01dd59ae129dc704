import { StateField, type EditorState, type Extension } from '@codemirror/state';
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view';
import { nameAt, occurrencesOf } from './occurrences.ts';

const use = Decoration.mark({ class: 'cm-name-use' });
const definition = Decoration.mark({ class: 'cm-name-use cm-name-definition' });

function marksFor(state: EditorState): DecorationSet {
  const { head, empty } = state.selection.main;
  const name = empty ? nameAt(state, head) : undefined;
  if (name === undefined) return Decoration.none;
  return Decoration.set(
    occurrencesOf(state, name, head).map(({ from, to, isDefinition }) =>
      (isDefinition ? definition : use).range(from, to),
    ),
  );
}

/** Marks all mentions of the name that the cursor is in. */
export const markOccurrences: Extension = StateField.define<DecorationSet>({
  create: marksFor,
  update: (marks, { docChanged, selection, state }) => (docChanged || selection ? marksFor(state) : marks),
  provide: (field) => EditorView.decorations.from(field),
});
