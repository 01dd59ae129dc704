import { EditorState, type TransactionSpec } from '@codemirror/state';
import type * as Y from 'yjs';
import { toFormula } from '#collab/to-formula.ts';
import { Undo } from '#collab/undo.ts';
import { writeEdits } from '#collab/write-edits.ts';
import type { Edit } from '#core/formula/model/edit.ts';
import { codeTextOf, textOf } from '../text/parts.ts';
import { codeTextField } from '../text/text-field.ts';
import { TextSync } from '../text-sync.ts';

/** One person's browser without page and network: the shared document, and an editor's text that is kept the same. */
export function openReplica(doc: Y.Doc) {
  const origin = Symbol('this person');
  const undo = new Undo(doc, origin);
  let { formula } = toFormula(doc);
  let lastGesture: object | undefined;
  const editor = {
    state: EditorState.create({
      doc: textOf(codeTextOf(formula).parts),
      extensions: [codeTextField.init(() => codeTextOf(formula))],
    }),
    dispatch(...specs: readonly TransactionSpec[]) {
      this.state = this.state.update(...specs).state;
    },
  };
  const edit = (edits: readonly Edit[], gesture?: object): void => {
    if (edits.length === 0) return;
    undo.join(gesture !== undefined && gesture === lastGesture, () => writeEdits(doc, edits, origin));
    lastGesture = gesture;
  };
  const sync = new TextSync(editor, {
    snapshot: () => ({ formula }),
    status: () => ({ canEdit: true }),
    edit,
  });
  doc.on('afterTransaction', () => {
    ({ formula } = toFormula(doc));
  });
  return {
    doc,
    editor,
    sync,
    undo,
    /** As on the canvas. */
    edit,
    formula: () => formula,
    text: () => editor.state.doc.toString(),
    parts: () => editor.state.field(codeTextField).parts,
    type: (from: number, to: number, insert: string) =>
      editor.dispatch({ changes: { from, to, insert }, userEvent: 'input.type' }),
  };
}

export type Replica = ReturnType<typeof openReplica>;
