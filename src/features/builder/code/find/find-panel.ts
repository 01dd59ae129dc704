import {
  closeSearchPanel,
  findNext,
  findPrevious,
  getSearchQuery,
  replaceAll,
  replaceNext,
  search,
  SearchQuery,
  setSearchQuery,
} from '@codemirror/search';
import type { Extension } from '@codemirror/state';
import { runScopeHandlers, type Command, type EditorView, type Panel } from '@codemirror/view';
import { el } from '../dom.ts';
import { countMatches, type Matches } from './count-matches.ts';

const INPUT =
  'h-6 w-40 min-w-0 flex-1 rounded-sm border border-line-strong bg-raised px-1.5 font-mono text-xs text-ink outline-none placeholder:text-faint focus:border-accent aria-invalid:border-bad';
const BUTTON =
  'h-6 shrink-0 rounded-sm px-1.5 text-xs text-muted hover:bg-hover hover:text-ink focus-visible:outline-2 focus-visible:outline-accent disabled:opacity-40 aria-pressed:bg-accent-soft aria-pressed:text-accent-text';

interface Toggle {
  readonly option: 'caseSensitive' | 'wholeWord' | 'regexp';
  readonly text: string;
  readonly label: string;
}

const TOGGLES: readonly Toggle[] = [
  { option: 'caseSensitive', text: 'Aa', label: 'Match case' },
  { option: 'wholeWord', text: 'ab', label: 'Whole words' },
  { option: 'regexp', text: '.*', label: 'Regular expression' },
];

const field = (label: string): HTMLInputElement => {
  const input = el('input', INPUT);
  input.setAttribute('aria-label', label);
  input.placeholder = label;
  input.spellcheck = false;
  input.autocomplete = 'off';
  return input;
};

const button = (text: string, label: string, act: () => void): HTMLButtonElement => {
  const element = el('button', BUTTON, text);
  element.type = 'button';
  element.title = label;
  element.setAttribute('aria-label', label);
  element.addEventListener('click', act);
  return element;
};

const inWords = ({ current, total, isMore }: Matches): string => {
  if (total === 0) return 'No match';
  const all = isMore ? `more than ${total}` : String(total);
  return current === 0 ? `${all} ${total === 1 ? 'match' : 'matches'}` : `${current} of ${all}`;
};

/** Find and replace at the top of the code: how many matches there are, and which one the cursor is at. */
class FindPanel implements Panel {
  readonly top = true;
  readonly dom: HTMLElement;
  readonly #view: EditorView;
  readonly #find = field('Find');
  readonly #replace = field('Replace with');
  readonly #count = el('span', 'w-20 shrink-0 text-right text-2xs tabular-nums text-faint');
  readonly #toggles = new Map<Toggle['option'], HTMLButtonElement>();
  readonly #replacing: HTMLElement;
  #query: SearchQuery;

  constructor(view: EditorView) {
    this.#view = view;
    this.#query = getSearchQuery(view.state);
    // `openSearchPanel` looks for this mark to set the cursor there.
    this.#find.setAttribute('main-field', 'true');
    this.#count.setAttribute('role', 'status');
    const run = (command: Command) => () => void command(view);
    const toggles = TOGGLES.map((toggle) => this.#toggle(toggle));
    this.#replacing = el(
      'div',
      'flex items-center gap-1',
      this.#replace,
      button('Replace', 'Replace this match (Enter)', run(replaceNext)),
      button('All', 'Replace all matches (Ctrl+Alt+Enter)', run(replaceAll)),
    );
    this.dom = el(
      'div',
      'flex flex-col gap-1 border-b border-line bg-surface px-2 py-1.5 font-sans',
      el(
        'div',
        'flex items-center gap-1',
        this.#find,
        this.#count,
        ...toggles,
        button('↑', 'Previous match (Shift+Enter)', run(findPrevious)),
        button('↓', 'Next match (Enter)', run(findNext)),
        button('×', 'Close (Escape)', run(closeSearchPanel)),
      ),
      this.#replacing,
    );
    this.dom.setAttribute('role', 'search');
    this.dom.setAttribute('aria-label', 'Find in the code');
    this.dom.addEventListener('keydown', (event) => this.#press(event));
    for (const input of [this.#find, this.#replace]) input.addEventListener('input', () => this.#commit());
    this.#show();
  }

  mount(): void {
    this.#find.focus();
    this.#find.select();
  }

  update({ docChanged, selectionSet, state, transactions }: Parameters<NonNullable<Panel['update']>>[0]): void {
    const isNew = transactions.some(({ effects }) => effects.some((effect) => effect.is(setSearchQuery)));
    if (isNew) this.#query = getSearchQuery(state);
    if (isNew || docChanged || selectionSet) this.#show();
  }

  #toggle({ option, text, label }: Toggle): HTMLButtonElement {
    const element = button(text, label, () => this.#commit(option));
    this.#toggles.set(option, element);
    return element;
  }

  /** What is looked for now, with one of the options turned over. */
  #commit(turned?: Toggle['option']): void {
    const { caseSensitive, wholeWord, regexp } = this.#query;
    const options = { caseSensitive, wholeWord, regexp };
    if (turned) options[turned] = !options[turned];
    const query = new SearchQuery({
      ...options,
      search: this.#find.value,
      replace: this.#replace.value,
      literal: !options.regexp,
    });
    if (!query.eq(this.#query)) this.#view.dispatch({ effects: setSearchQuery.of(query) });
  }

  #show(): void {
    const query = this.#query;
    if (this.#find.value !== query.search) this.#find.value = query.search;
    if (this.#replace.value !== query.replace) this.#replace.value = query.replace;
    for (const [option, element] of this.#toggles) element.setAttribute('aria-pressed', String(query[option]));
    const isWrong = query.search !== '' && !query.valid;
    this.#find.setAttribute('aria-invalid', String(isWrong));
    this.#replacing.hidden = this.#view.state.readOnly;
    this.#count.textContent =
      query.search === '' ? '' : isWrong ? 'Not a pattern' : inWords(countMatches(this.#view.state, query));
  }

  #press(event: KeyboardEvent): void {
    if (runScopeHandlers(this.#view, event, 'search-panel')) return event.preventDefault();
    if (event.key !== 'Enter') return;
    const inFind = event.target === this.#find;
    if (!inFind && event.target !== this.#replace) return;
    event.preventDefault();
    if (inFind) (event.shiftKey ? findPrevious : findNext)(this.#view);
    else (event.ctrlKey && event.altKey ? replaceAll : replaceNext)(this.#view);
  }
}

export const findPanel: Extension = search({ top: true, createPanel: (view) => new FindPanel(view) });
