import { RangeSetBuilder, StateEffect, StateField } from '@codemirror/state';
import { Decoration, EditorView, ViewPlugin, type DecorationSet } from '@codemirror/view';
import { isRef, type Formula, type NodeId } from '#core/formula/formula.ts';
import { parse } from '#core/formula/parse.ts';
import { statementsOf } from '#core/formula/statements.ts';
import type { FormulaSession } from '../session/formula-session.ts';

const setMarked = StateEffect.define<readonly { readonly from: number; readonly to: number }[]>();
const line = Decoration.line({ class: 'cm-statement-selected' });

const marked = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (decorations, transaction) => {
    for (const effect of transaction.effects) if (effect.is(setMarked)) return build(transaction.state.doc, effect.value);
    return decorations.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

function build(doc: { length: number; lineAt(at: number): { from: number; to: number } }, ranges: readonly { readonly from: number; readonly to: number }[]): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const { from, to } of ranges) {
    for (let at = doc.lineAt(Math.min(from, doc.length)); ; at = doc.lineAt(at.to + 1)) {
      builder.add(at.from, at.from, line);
      if (at.to >= to || at.to >= doc.length) break;
    }
  }
  return builder.finish();
}

/** The text's statements, in their order; as many as the formula's while the two are in step. */
const spansInText = (text: string): { from: number; to: number }[] => {
  const { formula, spans } = parse(text);
  return statementsOf(formula).order.flatMap((id) => {
    const span = spans.get(id);
    return span ? [{ from: span.start, to: span.end }] : [];
  });
};

/** The statement that a node is written in. */
function statementOf(formula: Formula, order: ReadonlySet<NodeId>, id: NodeId): NodeId | undefined {
  const seen = new Set<NodeId>();
  let at: NodeId | undefined = id;
  while (at !== undefined && !order.has(at) && !seen.has(at)) {
    seen.add(at);
    const below: NodeId = at;
    at = Object.entries(formula.nodes).find(([, node]) => Object.values(node.args).some((arg) => isRef(arg) && arg.from === below))?.[0];
  }
  return at;
}

/** Selecting a node marks its statement; putting the cursor into a statement selects its node. */
export const selectionLink = (session: FormulaSession) => [
  marked,
  ViewPlugin.define((view) => {
    const mark = (): void => {
      const { formula, selection } = session.snapshot();
      const { order } = statementsOf(formula);
      const known = new Set(order);
      const wanted = new Set([...selection].flatMap((id) => statementOf(formula, known, id) ?? []));
      const spans = spansInText(view.state.doc.toString());
      const ranges = spans.length === order.length ? spans.filter((_, index) => wanted.has(order[index] ?? '')) : [];
      view.dispatch({ effects: setMarked.of(ranges.sort((a, b) => a.from - b.from)) });
    };
    let queued = false;
    const queue = (): void => {
      if (queued) return;
      queued = true;
      setTimeout(() => {
        queued = false;
        mark();
      });
    };
    const unsubscribe = session.subscribe(queue);
    queue();
    return {
      update: ({ selectionSet, transactions, state }) => {
        if (!selectionSet || !transactions.some((transaction) => transaction.isUserEvent('select'))) return;
        const { head } = state.selection.main;
        const { order } = statementsOf(session.snapshot().formula);
        const spans = spansInText(state.doc.toString());
        const index = spans.findIndex(({ from, to }) => from <= head && head <= to);
        const id = spans.length === order.length ? order[index] : undefined;
        if (id !== undefined) queueMicrotask(() => session.select([id]));
      },
      destroy: unsubscribe,
    };
  }),
];
