import { codeFolding, foldable, foldEffect, foldGutter, foldKeymap, foldService } from '@codemirror/language';
import type { EditorState, Extension, Text } from '@codemirror/state';
import { keymap, type Command } from '@codemirror/view';
import { el } from './dom.ts';
import { parsedOf } from './read-code.ts';

/** What a line folds: the rest of a statement of several lines, or the section that a comment heads. */
const folds = foldService.of(
  (state, lineStart) => statementFold(state, lineStart) ?? sectionFold(state.doc, lineStart),
);

function statementFold(state: EditorState, lineStart: number): { readonly from: number; readonly to: number } | null {
  const line = state.doc.lineAt(lineStart);
  const ends = [...parsedOf(state).spans.values()].flatMap(({ start, end }) =>
    start >= line.from && start <= line.to && end > line.to ? [end] : [],
  );
  // Up to the closing bracket, so that the call still looks like one.
  return ends.length > 0 ? { from: line.to, to: Math.max(...ends) - 1 } : null;
}

const isComment = (text: string): boolean => /^\s*#/.test(text);

/** From the first line of a comment to the end of its paragraph. */
function sectionFold(doc: Text, lineStart: number): { readonly from: number; readonly to: number } | null {
  const line = doc.lineAt(lineStart);
  if (!isComment(line.text) || (line.number > 1 && isComment(doc.line(line.number - 1).text))) return null;
  let last = line;
  while (last.number < doc.lines) {
    const next = doc.line(last.number + 1);
    if (next.text.trim() === '' || (isComment(next.text) && !isComment(last.text))) break;
    last = next;
  }
  return last.to > line.to ? { from: line.to, to: last.to } : null;
}

function marker(isOpen: boolean): HTMLElement {
  const element = el('span', `cm-fold-marker ${isOpen ? 'cm-fold-open' : 'cm-fold-closed'}`, isOpen ? '⌄' : '›');
  element.title = isOpen ? 'Fold' : 'Unfold';
  return element;
}

/** Folds what the cursor is in: the innermost fold that begins in its line or above and reaches it. */
export const foldAround: Command = (view) => {
  const { state } = view;
  const here = state.doc.lineAt(state.selection.main.head);
  for (let { number } = here; number >= 1; number -= 1) {
    const line = state.doc.line(number);
    const range = foldable(state, line.from, line.to);
    if (!range || range.to < here.from) continue;
    view.dispatch({ effects: foldEffect.of(range), selection: { anchor: line.to } });
    return true;
  }
  return false;
};

/** Folding of long calls and of sections, beside the text and by keys. */
export const folding: Extension = [
  folds,
  codeFolding({ placeholderText: '…' }),
  foldGutter({ markerDOM: marker }),
  keymap.of([{ key: 'Ctrl-Shift-[', mac: 'Cmd-Alt-[', run: foldAround }, ...foldKeymap]),
];
