import { StateEffect, StateField, type EditorState, type Extension } from '@codemirror/state';
import { closeHoverTooltips, EditorView, showTooltip, type Command, type Tooltip } from '@codemirror/view';
import { whyNotName } from '#core/formula/check/check-names.ts';
import { statementsOf } from '#core/formula/language/statements.ts';
import { el } from '../dom.ts';
import { mergeNow, readNow } from '../in-step.ts';
import { parsedOf } from '../read-code.ts';
import { sessionOf } from '../session-facet.ts';
import { nameAt, occurrenceAt, occurrencesOf } from './occurrences.ts';

const setRenaming = StateEffect.define<Tooltip | null>();

const renaming = StateField.define<Tooltip | null>({
  create: () => null,
  update(field, { effects, changes, docChanged }) {
    for (const effect of effects) if (effect.is(setRenaming)) return effect.value;
    return field && docChanged ? { ...field, pos: changes.mapPos(field.pos) } : field;
  },
  provide: (field) => showTooltip.from(field),
});

/** Why a name can't be given to the statement that is called `old`; null when it can. */
function whyNot(state: EditorState, old: string, name: string): string | null {
  return whyNotName(parsedOf(state).formula, old, name) ?? whyNotName(sessionOf(state).snapshot().formula, old, name);
}

/**
 * Gives a statement another name, wherever it is mentioned, as one edit of the formula: it reaches the canvas and the
 * colleagues.
 */
function rename(view: EditorView, old: string, name: string): void {
  readNow(view);
  const session = sessionOf(view.state);
  const id = [...statementsOf(session.snapshot().formula).names].find(([, known]) => known === old)?.[0];
  if (id !== undefined) {
    session.edit([{ type: 'setName', id, name }]);
    mergeNow(view);
    return;
  }
  // The formula does not know it yet: there is only the text.
  const changes = occurrencesOf(view.state, old).map(({ from, to }) => ({ from, to, insert: name }));
  view.dispatch({ changes, userEvent: 'input.rename' });
  readNow(view);
}

function close(view: EditorView): void {
  view.dispatch({ effects: setRenaming.of(null) });
  view.focus();
}

/** Asks for the new name where the old one stands. */
const fieldFor = (old: string, at: number): Tooltip => ({
  pos: at,
  create: (view) => {
    const input = el(
      'input',
      'w-48 rounded-sm border border-line-strong bg-raised px-1.5 py-0.5 font-mono text-xs text-ink outline-none focus:border-accent aria-invalid:border-bad',
    );
    const problem = el('p', 'max-w-64 text-2xs text-pretty text-bad');
    const hint = el('p', 'text-2xs text-faint', 'Enter to rename everywhere, Escape to leave it');
    problem.setAttribute('role', 'alert');
    input.value = old;
    input.spellcheck = false;
    input.setAttribute('aria-label', `New name of ${old}`);
    const check = (): boolean => {
      const reason = whyNot(view.state, old, input.value.trim());
      problem.textContent = reason ?? '';
      hint.hidden = reason !== null;
      input.ariaInvalid = reason === null ? null : 'true';
      return reason === null;
    };
    input.addEventListener('input', check);
    input.addEventListener('blur', () => {
      if (view.state.field(renaming) !== null && document.activeElement !== input)
        view.dispatch({ effects: setRenaming.of(null) });
    });
    input.addEventListener('keydown', (event) => {
      event.stopPropagation();
      if (event.key !== 'Escape' && event.key !== 'Enter') return;
      event.preventDefault();
      if (event.key === 'Enter' && !check()) return;
      const name = input.value.trim();
      close(view);
      if (event.key === 'Enter' && name !== old) rename(view, old, name);
    });
    return {
      dom: el('div', 'flex flex-col gap-1 p-2 font-sans', input, problem, hint),
      mount: () => {
        input.focus();
        input.select();
      },
    };
  },
});

/** Renames the statement whose name the cursor is in. */
export const renameAtCursor: Command = (view) => {
  const { head } = view.state.selection.main;
  const name = view.state.readOnly ? undefined : nameAt(view.state, head);
  const here = name === undefined ? undefined : occurrenceAt(view.state, name, head);
  if (name === undefined || !here)
    view.dispatch({
      effects: EditorView.announce.of(
        view.state.readOnly ? 'You may look, not edit.' : 'No name of a statement is here.',
      ),
    });
  else view.dispatch({ effects: [closeHoverTooltips, setRenaming.of(fieldFor(name, here.from))] });
  return true;
};

export const renameField: Extension = renaming;
