import { ViewPlugin, type EditorView, type PluginValue, type ViewUpdate } from '@codemirror/view';
import { sessionOf } from '../session-facet.ts';
import { codeTextField } from '../text/text-field.ts';
import { pointAt } from './code-point.ts';

/** At the most 30 times a second. */
const EVERY = 33;

class ShowSelection implements PluginValue {
  readonly #view: EditorView;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(view: EditorView) {
    this.#view = view;
  }

  update({ selectionSet, focusChanged, startState, state }: ViewUpdate): void {
    // A place is told by the statement as colleagues have it: it changes with what is typed, and again when that is
    // taken over.
    const isMoved = selectionSet || focusChanged || startState.field(codeTextField) !== state.field(codeTextField);
    if (isMoved && this.#timer === undefined) this.#timer = setTimeout(() => this.#show(), EVERY);
  }

  destroy(): void {
    clearTimeout(this.#timer);
    sessionOf(this.#view.state).show({ code: null });
  }

  #show(): void {
    this.#timer = undefined;
    const { state, contentDOM } = this.#view;
    const { anchor, head } = state.selection.main;
    // Somebody who has turned to another window is still here.
    const isHere = document.activeElement === contentDOM;
    sessionOf(state).show({ code: isHere ? { anchor: pointAt(state, anchor), head: pointAt(state, head) } : null });
  }
}

/** Shows the others where this person's cursor is in the code. */
export const showSelection = ViewPlugin.fromClass(ShowSelection);
