import { Prec, StateEffect, StateField, type Extension } from '@codemirror/state';
import { EditorView, keymap, showTooltip, type Command, type Tooltip } from '@codemirror/view';
import { el } from '../dom.ts';
import { applyFix } from './fix.ts';
import { markedProblems, type MarkedProblem } from './lint.ts';

const setCard = StateEffect.define<Tooltip | null>();

/** Goes with the next move of the cursor or change of the text. */
const cardField = StateField.define<Tooltip | null>({
  create: () => null,
  update(card, { effects, docChanged, selection }) {
    for (const effect of effects) if (effect.is(setCard)) return effect.value;
    return docChanged || selection ? null : card;
  },
  provide: (field) => showTooltip.from(field),
});

function cardFor(problems: readonly MarkedProblem[], takesFocus: boolean): Tooltip {
  const [first] = problems;
  return {
    pos: first?.from ?? 0,
    create: (view) => {
      const dom = card(view, problems);
      return {
        dom,
        mount: () => {
          if (takesFocus) dom.querySelector('button')?.focus();
        },
      };
    },
  };
}

function card(view: EditorView, problems: readonly MarkedProblem[]): HTMLElement {
  const element = el(
    'div',
    'cm-problem-card flex max-w-104 flex-col font-sans text-xs',
    ...problems.map((problem) => entry(view, problem)),
  );
  element.setAttribute('role', 'dialog');
  element.setAttribute('aria-label', 'Problems here');
  element.addEventListener('keydown', (event) => moveBetween(view, element, event));
  return element;
}

function entry(view: EditorView, { problem, from }: MarkedProblem): HTMLElement {
  const { fix, severity, message } = problem;
  const button =
    fix && !view.state.readOnly
      ? el(
          'button',
          'self-start rounded-sm bg-accent px-2 py-0.5 font-medium text-on-accent hover:bg-accent-hover focus-visible:outline-2 focus-visible:outline-offset-1',
          fix.title,
        )
      : null;
  if (button) {
    button.type = 'button';
    button.addEventListener('click', () => {
      view.focus();
      view.dispatch({ effects: setCard.of(null) });
      applyFix(view, problem, from);
    });
  }
  return el(
    'div',
    `flex flex-col gap-1.5 border-l-3 px-2.5 py-2 ${severity === 'error' ? 'border-bad' : 'border-warn'}`,
    el('p', 'text-pretty', message),
    button,
  );
}

function moveBetween(view: EditorView, element: HTMLElement, event: KeyboardEvent): void {
  const buttons = [...element.querySelectorAll('button')];
  const index = buttons.findIndex((button) => button === document.activeElement);
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step !== 0) buttons[(index + step + buttons.length) % buttons.length]?.focus();
  else if (event.key === 'Escape') {
    view.focus();
    view.dispatch({ effects: setCard.of(null) });
  } else return;
  event.preventDefault();
  event.stopPropagation();
}

/** Shows the problems at the cursor, or else in its line, with their fixes: Enter applies the first. */
export const showFixes: Command = (view) => {
  const { head } = view.state.selection.main;
  const line = view.state.doc.lineAt(head);
  const inLine = markedProblems(view.state).filter(({ from, to }) => from <= line.to && to >= line.from);
  const here = inLine.filter(({ from, to }) => from <= head && head <= to);
  const shown = here.some(({ problem }) => problem.fix) ? here : inLine;
  if (shown.length === 0) view.dispatch({ effects: EditorView.announce.of('No problem here.') });
  else
    view.dispatch({
      effects: setCard.of(
        cardFor(
          shown,
          shown.some(({ problem }) => problem.fix !== undefined),
        ),
      ),
    });
  return true;
};

/** Goes to the next problem, or to the one before, round and round, and shows it. */
export const goToProblem =
  (step: 1 | -1): Command =>
  (view) => {
    const problems = markedProblems(view.state);
    const { head } = view.state.selection.main;
    const next =
      step > 0
        ? (problems.find(({ from }) => from > head) ?? problems[0])
        : (problems.findLast(({ from }) => from < head) ?? problems.at(-1));
    if (!next) {
      view.dispatch({ effects: EditorView.announce.of('No problems.') });
      return true;
    }
    view.dispatch({
      selection: { anchor: next.from },
      effects: EditorView.scrollIntoView(next.from, { y: 'center' }),
      userEvent: 'select.problem',
    });
    const same = problems.filter(({ from }) => from === next.from);
    view.dispatch({
      effects: [
        setCard.of(cardFor(same, false)),
        EditorView.announce.of(same.map(({ problem }) => problem.message).join(' ')),
      ],
    });
    return true;
  };

const hide: Command = (view) => {
  if (view.state.field(cardField) === null) return false;
  view.dispatch({ effects: setCard.of(null) });
  return true;
};

/** A card with the problems at one place and their fixes. */
export const problemCard: Extension = [cardField, Prec.high(keymap.of([{ key: 'Escape', run: hide }]))];
