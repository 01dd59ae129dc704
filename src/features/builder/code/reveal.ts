import type { Extension } from '@codemirror/state';
import { EditorView, ViewPlugin, type PluginValue } from '@codemirror/view';
import type { Revealed } from '../session/formula-session.ts';
import { markedProblems } from './problems/lint.ts';
import { sessionOf } from './session-facet.ts';
import { statementFinder } from './statement-of.ts';
import { statementRanges } from './text/text-field.ts';

class Reveal implements PluginValue {
  readonly #view: EditorView;
  readonly #unsubscribe: () => void;

  constructor(view: EditorView) {
    this.#view = view;
    this.#unsubscribe = sessionOf(view.state).subscribeReveal((target) => this.#show(target));
  }

  destroy(): void {
    this.#unsubscribe();
  }

  #show({ node, message }: Revealed): void {
    const { state } = this.#view;
    const id = statementFinder(sessionOf(state).snapshot().formula)(node);
    const statement = statementRanges(state).find((range) => range.id === id);
    if (!statement) return;
    const problem = markedProblems(state).find(
      ({ problem: marked, from }) => marked.message === message && statement.from <= from && from <= statement.to,
    );
    const at = problem?.from ?? statement.from;
    this.#view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) });
  }
}

/** Puts the cursor where something is to be shown. */
export const reveal: Extension = ViewPlugin.fromClass(Reveal);
