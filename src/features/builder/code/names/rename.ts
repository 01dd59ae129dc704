import { StateEffect, StateField, type EditorState, type Extension } from '@codemirror/state';
import { closeHoverTooltips, EditorView, showTooltip, type Command, type Tooltip } from '@codemirror/view';
import { whyNotFunctionName, whyNotName } from '#core/formula/check/check-names.ts';
import { withCalls } from '#core/formula/functions/with-calls.ts';
import { scopeOf } from '#core/formula/language/functions.ts';
import { statementsOf } from '#core/formula/language/statements.ts';
import { nodeOf, type NodeId } from '#core/formula/model/formula.ts';
import { el } from '../dom.ts';
import { mergeNow, readNow } from '../in-step.ts';
import { parsedOf } from '../read-code.ts';
import { sessionOf } from '../session-facet.ts';
import { functionAt, nameAt, occurrenceAt, occurrencesOf } from './occurrences.ts';

const setRenaming = StateEffect.define<Tooltip | null>();

const renaming = StateField.define<Tooltip | null>({
  create: () => null,
  update(field, { effects, changes, docChanged }) {
    for (const effect of effects) if (effect.is(setRenaming)) return effect.value;
    return field && docChanged ? { ...field, pos: changes.mapPos(field.pos) } : field;
  },
  provide: (field) => showTooltip.from(field),
});

interface Named {
  readonly name: string;
  /** Where the name stands in the text. */
  readonly at: number;
}

/** The statement, the parameter or the function that a name of the text means. */
function findNode(state: EditorState, { name, at }: Named): NodeId | undefined {
  const { formula } = sessionOf(state).snapshot();
  const home = functionAt(state, at);
  const { names } = statementsOf(formula);
  return [...names].find(([id, known]) => {
    const node = nodeOf(formula, id);
    const scope = node && scopeOf(formula, node);
    return known === name && (scope === undefined ? null : (names.get(scope) ?? null)) === home;
  })?.[0];
}

/** Why a name can't be given to the statement that is called `old`; null when it can. */
function whyNot(state: EditorState, old: Named, name: string): string | null {
  const id = findNode(state, old);
  const { formula } = sessionOf(state).snapshot();
  const why = nodeOf(formula, id ?? '')?.block === 'fn' ? whyNotFunctionName : whyNotName;
  return why(parsedOf(state).formula, old.name, name) ?? why(formula, old.name, name);
}

/**
 * Gives a statement another name, wherever it is mentioned, as one edit of the formula: it reaches the canvas and the
 * colleagues.
 */
function rename(view: EditorView, old: Named, name: string): void {
  readNow(view);
  const session = sessionOf(view.state);
  const id = findNode(view.state, old);
  if (id !== undefined) {
    session.edit(withCalls(session.snapshot().formula, [{ type: 'setName', id, name }]));
    mergeNow(view);
    return;
  }
  // The formula does not know it yet: there is only the text.
  const changes = occurrencesOf(view.state, old.name, old.at).map(({ from, to }) => ({ from, to, insert: name }));
  view.dispatch({ changes, userEvent: 'input.rename' });
  readNow(view);
}

function close(view: EditorView): void {
  view.dispatch({ effects: setRenaming.of(null) });
  view.focus();
}

/** Asks for the new name where the old one stands. */
const fieldFor = (old: Named): Tooltip => ({
  pos: old.at,
  create: (view) => {
    const input = el(
      'input',
      'w-48 rounded-sm border border-line-strong bg-raised px-1.5 py-0.5 font-mono text-xs text-ink outline-none focus:border-accent aria-invalid:border-bad',
    );
    const problem = el('p', 'max-w-64 text-2xs text-pretty text-bad');
    const hint = el('p', 'text-2xs text-faint', 'Enter to rename everywhere, Escape to leave it');
    problem.setAttribute('role', 'alert');
    input.value = old.name;
    input.spellcheck = false;
    input.setAttribute('aria-label', `New name of ${old.name}`);
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
      if (event.key === 'Enter' && name !== old.name) rename(view, old, name);
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
  else view.dispatch({ effects: [closeHoverTooltips, setRenaming.of(fieldFor({ name, at: here.from }))] });
  return true;
};

export const renameField: Extension = renaming;
