import { StateEffect, StateField, type EditorState, type Extension } from '@codemirror/state';
import { Decoration, EditorView, type Command, type DecorationSet } from '@codemirror/view';
import { isMac } from '#ui/hooks/use-is-mac.ts';
import { nameAt, occurrenceAt, occurrencesOf, type Occurrence } from './occurrences.ts';

function definitionAt(state: EditorState, at: number): Occurrence | undefined {
  const name = nameAt(state, at);
  return name === undefined ? undefined : occurrencesOf(state, name, at).find(({ isDefinition }) => isDefinition);
}

function goTo(view: EditorView, { from }: Occurrence): void {
  view.dispatch({
    selection: { anchor: from },
    effects: EditorView.scrollIntoView(from, { y: 'center', yMargin: 40 }),
    userEvent: 'select.definition',
  });
}

/** Goes to the statement that the name at the cursor means. */
export const goToDefinition: Command = (view) => {
  const found = definitionAt(view.state, view.state.selection.main.head);
  if (found) goTo(view, found);
  else view.dispatch({ effects: EditorView.announce.of('No name of a statement is here.') });
  return true;
};

/** Goes to the next mention of the name at the cursor, or to the one before, round and round. */
export const goToUse =
  (step: 1 | -1): Command =>
  (view) => {
    const { head } = view.state.selection.main;
    const name = nameAt(view.state, head);
    const all = name === undefined ? [] : occurrencesOf(view.state, name, head);
    const index = all.findIndex(({ from, to }) => from <= head && head <= to);
    const next = all[(index + step + all.length) % all.length];
    if (!next) return true;
    goTo(view, next);
    view.dispatch({ effects: EditorView.announce.of(`${name}: ${all.indexOf(next) + 1} of ${all.length}`) });
    return true;
  };

const setLink = StateEffect.define<Occurrence | null>();
const link = Decoration.mark({ class: 'cm-name-link' });

/** The name under the pointer while the key is held. */
const linkField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, { effects, docChanged }) {
    for (const effect of effects)
      if (effect.is(setLink))
        return effect.value ? Decoration.set([link.range(effect.value.from, effect.value.to)]) : Decoration.none;
    return docChanged ? Decoration.none : marks;
  },
  provide: (field) => EditorView.decorations.from(field),
});

const holdsKey = (event: MouseEvent | KeyboardEvent): boolean => (isMac() ? event.metaKey : event.ctrlKey);

function showLink(view: EditorView, at: number | null): void {
  const name = at === null ? undefined : nameAt(view.state, at);
  const found = name === undefined || at === null ? undefined : occurrenceAt(view.state, name, at);
  if (found || view.state.field(linkField).size > 0) view.dispatch({ effects: setLink.of(found ?? null) });
}

/** Ctrl or ⌘ with a click goes to the definition; names are underlined while the key is held. */
export const definitionLinks: Extension = [
  linkField,
  EditorView.domEventHandlers({
    mousedown(event, view) {
      const at =
        event.button === 0 && holdsKey(event) ? view.posAtCoords({ x: event.clientX, y: event.clientY }) : null;
      const found = at === null ? undefined : definitionAt(view.state, at);
      if (!found) return false;
      event.preventDefault();
      view.focus();
      goTo(view, found);
      return true;
    },
    mousemove: (event, view) =>
      showLink(view, holdsKey(event) ? view.posAtCoords({ x: event.clientX, y: event.clientY }) : null),
    mouseleave: (_event, view) => showLink(view, null),
    keyup: (event, view) => {
      if (!holdsKey(event)) showLink(view, null);
    },
  }),
];
