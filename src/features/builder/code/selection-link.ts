import {
  RangeSetBuilder,
  StateEffect,
  StateField,
  type EditorState,
  type Extension,
  type Text,
} from '@codemirror/state';
import {
  Decoration,
  EditorView,
  ViewPlugin,
  type DecorationSet,
  type PluginValue,
  type ViewUpdate,
} from '@codemirror/view';
import type { NodeId } from '#core/formula/model/formula.ts';
import { sessionOf } from './session-facet.ts';
import { Soon } from './soon.ts';
import { statementFinder } from './statement-of.ts';
import { codeTextField, statementRanges, type StatementRange } from './text/text-field.ts';

const setSelected = StateEffect.define<ReadonlySet<NodeId>>();
const line = Decoration.line({ class: 'cm-statement-selected' });

/** The statements that the selected nodes are written in. */
const selected = StateField.define<ReadonlySet<NodeId>>({
  create: () => new Set(),
  update: (ids, { effects }) =>
    effects.reduce<ReadonlySet<NodeId>>((result, effect) => (effect.is(setSelected) ? effect.value : result), ids),
  provide: (field) =>
    EditorView.decorations.compute([field, codeTextField], (state) => marksFor(state, state.field(field))),
});

function marksFor(state: EditorState, ids: ReadonlySet<NodeId>): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  let last = -1;
  for (const range of ids.size === 0 ? [] : statementRanges(state)) {
    if (!ids.has(range.id)) continue;
    for (const from of lineStarts(state.doc, range)) {
      if (from > last) builder.add(from, from, line);
      last = Math.max(last, from);
    }
  }
  return builder.finish();
}

function* lineStarts(doc: Text, { from, to }: StatementRange): Generator<number> {
  for (let { number } = doc.lineAt(from); number <= doc.lineAt(to).number; number += 1) yield doc.line(number).from;
}

class SelectionLink implements PluginValue {
  readonly #view: EditorView;
  readonly #unsubscribe: () => void;
  readonly #soon = new Soon(() => this.#mark());
  #shown: ReadonlySet<NodeId> = new Set();

  constructor(view: EditorView) {
    this.#view = view;
    this.#unsubscribe = sessionOf(view.state).subscribe(() => this.#soon.ask());
    this.#soon.ask();
  }

  update({ selectionSet, transactions, state }: ViewUpdate): void {
    if (!selectionSet || !transactions.some((transaction) => transaction.isUserEvent('select'))) return;
    const { head } = state.selection.main;
    const here = statementRanges(state).find(({ from, to }) => from <= head && head <= to);
    if (here) queueMicrotask(() => sessionOf(state).select([here.id]));
  }

  destroy(): void {
    this.#soon.cancel();
    this.#unsubscribe();
  }

  #mark(): void {
    const { formula, selection } = sessionOf(this.#view.state).snapshot();
    const statementOf = statementFinder(formula);
    const wanted = new Set([...selection].flatMap((id) => statementOf(id) ?? []));
    if (wanted.size === this.#shown.size && [...wanted].every((id) => this.#shown.has(id))) return;
    this.#shown = wanted;
    this.#view.dispatch({ effects: setSelected.of(wanted) });
  }
}

/** Selecting a node marks its statement; putting the cursor into a statement selects its node. */
export const selectionLink: Extension = [selected, ViewPlugin.fromClass(SelectionLink)];
