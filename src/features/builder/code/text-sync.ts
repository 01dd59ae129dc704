import { Annotation, ChangeSet, type ChangeSpec } from '@codemirror/state';
import { ViewPlugin, type EditorView, type ViewUpdate } from '@codemirror/view';
import type { Formula } from '#core/formula/formula.ts';
import { editsBetween } from '#core/formula/edits.ts';
import { newNodeId } from '#core/formula/node-id.ts';
import { parse } from '#core/formula/parse.ts';
import { print } from '#core/formula/print.ts';
import { reconcile } from '#core/formula/reconcile.ts';
import type { FormulaSession } from '../session/formula-session.ts';
import { textChanges } from './line-diff.ts';

/** Marks what came from the formula rather than from the keyboard. */
export const fromFormula = Annotation.define<boolean>();

/** Typing is read once it pauses for so long. */
const PAUSE = 60;

/**
 * Keeps the text and the formula the same. `base` is the print of the formula as the text last knew it, `typed` what the person's text has
 * different from it. Typing that reads without a problem becomes the smallest set of edits; the formula's own changes are laid over what is
 * being typed, so that a colleague's edit of another statement neither moves the cursor nor is lost.
 */
export const textSync = (session: FormulaSession) =>
  ViewPlugin.define((view) => new TextSync(view, session), {});

class TextSync {
  readonly #view: EditorView;
  readonly #session: FormulaSession;
  readonly #unsubscribe: () => void;
  #formula: Formula;
  #base: string;
  #typed: ChangeSet;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(view: EditorView, session: FormulaSession) {
    this.#view = view;
    this.#session = session;
    this.#formula = session.snapshot().formula;
    this.#base = print(this.#formula);
    this.#typed = changeSet(this.#base, view.state.doc.toString());
    this.#unsubscribe = session.subscribe(() => this.#follow());
  }

  update({ docChanged, changes, transactions }: ViewUpdate): void {
    if (!docChanged || transactions.some((transaction) => transaction.annotation(fromFormula))) return;
    this.#typed = this.#typed.compose(changes);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#read(), PAUSE);
  }

  destroy(): void {
    clearTimeout(this.#timer);
    this.#unsubscribe();
  }

  /** Takes over what is typed, once it reads without a problem. */
  #read(): void {
    const text = this.#view.state.doc.toString();
    const { formula: parsed, diagnostics } = parse(text);
    if (diagnostics.length > 0) return;
    const { formula } = this.#session.snapshot();
    const next = reconcile(formula, parsed, () => newNodeId(Math.random));
    const edits = editsBetween(formula, next);
    // From here on the difference is one of formatting: it is not laid over what others change.
    this.#formula = next;
    this.#base = print(next);
    this.#typed = changeSet(this.#base, text);
    this.#session.edit(edits);
  }

  /** Lays what has changed in the formula over the text. */
  #follow(): void {
    const { formula } = this.#session.snapshot();
    if (formula === this.#formula) return;
    this.#formula = formula;
    const printed = print(formula);
    if (printed === this.#base) return;
    const theirs = changeSet(this.#base, printed);
    const changes = theirs.map(this.#typed, true);
    this.#typed = this.#typed.map(theirs);
    this.#base = printed;
    // Subscribers are told while the editor may be updating.
    queueMicrotask(() => this.#dispatch(changes));
  }

  #dispatch(changes: ChangeSet): void {
    if (changes.length !== this.#view.state.doc.length) return this.#replace();
    this.#view.dispatch({ changes, annotations: [fromFormula.of(true)] });
  }

  /** The text has changed in between: what the formula says wins where both differ. */
  #replace(): void {
    const text = this.#view.state.doc.toString();
    this.#view.dispatch({ changes: specs(text, this.#base), annotations: [fromFormula.of(true)] });
    this.#typed = changeSet(this.#base, this.#base);
  }
}

const specs = (before: string, after: string): ChangeSpec[] => textChanges(before, after).map(({ from, to, insert }) => ({ from, to, insert }));

const changeSet = (before: string, after: string): ChangeSet => ChangeSet.of(specs(before, after), before.length);

/** The text in its canonical form; nothing while it has problems. */
export function format(view: EditorView): boolean {
  const text = view.state.doc.toString();
  const { formula, diagnostics } = parse(text);
  if (diagnostics.length > 0) return false;
  const printed = print(formula);
  if (printed !== text) view.dispatch({ changes: specs(text, printed), userEvent: 'format' });
  return true;
}
