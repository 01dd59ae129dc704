import { ViewPlugin, type EditorView, type PluginValue } from '@codemirror/view';
import { sessionOf } from '../session-facet.ts';
import { pointAt } from './code-point.ts';

/** At the most 30 times a second. */
const EVERY = 33;

class ShowScroll implements PluginValue {
  readonly #view: EditorView;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(view: EditorView) {
    this.#view = view;
    this.#view.scrollDOM.addEventListener('scroll', this.#onScroll);
  }

  destroy(): void {
    clearTimeout(this.#timer);
    this.#view.scrollDOM.removeEventListener('scroll', this.#onScroll);
    sessionOf(this.#view.state).show({ scroll: null });
  }

  readonly #onScroll = (): void => {
    this.#timer ??= setTimeout(() => this.#show(), EVERY);
  };

  #show(): void {
    this.#timer = undefined;
    const { state, scrollDOM } = this.#view;
    const first = this.#view.lineBlockAtHeight(scrollDOM.scrollTop - this.#view.documentPadding.top);
    sessionOf(state).show({ scroll: pointAt(state, first.from) });
  }
}

/** Shows the others where what this person sees of the code begins. */
export const showScroll = ViewPlugin.fromClass(ShowScroll);
