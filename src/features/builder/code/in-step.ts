import { history, redo as redoTyping, redoDepth, undo as undoTyping, undoDepth } from '@codemirror/commands';
import { Compartment, type Extension } from '@codemirror/state';
import { ViewPlugin, type Command, type EditorView, type PluginValue, type ViewUpdate } from '@codemirror/view';
import type { FormulaSession } from '../session/formula-session.ts';
import type { TypedPart } from '../session/typed-text.ts';
import { parsedOf } from './read-code.ts';
import { sessionOf } from './session-facet.ts';
import { begunAs, retyped, typedParts, withoutTyped } from './text/keep-typed.ts';
import type { TextChange } from './text/text-changes.ts';
import { codeTextField, fromFormula, isFromFormula, partRanges } from './text/text-field.ts';
import { TextSync, type Reading } from './text-sync.ts';

/**
 * Typing is read once it pauses for so long, or for several times as long as the last reading took: that of a large
 * formula can be felt.
 */
const PAUSE = 60;
const PAUSES_A_READING = 4;
/** Typing that pauses for longer than this goes on as another step of undo. */
const BREATH = 700;

/**
 * Undo of what is typed and not taken over yet; emptied when it is, since from then on the formula's own undo has it.
 */
const typing = new Compartment();

class InStep implements PluginValue {
  readonly #view: EditorView;
  readonly #sync: TextSync;
  readonly #endings: readonly (() => void)[];
  /** What was typed when the formula was left, until the formula is here. */
  #kept: readonly TypedPart[];
  #isOver = false;
  /** How long the last reading took, in milliseconds. */
  #cost = 0;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #breath: ReturnType<typeof setTimeout> | undefined;
  /** What is typed in one go. */
  #gesture = {};

  constructor(view: EditorView) {
    this.#view = view;
    const session = sessionOf(view.state);
    this.#sync = new TextSync(view, session);
    this.#kept = session.typed.kept();
    this.#endings = [
      session.subscribe(() => this.#followSoon()),
      session.subscribeStatus(() => this.#followSoon()),
      session.typed.attach({ show: () => this.#show(), discard: () => this.#discard() }),
    ];
    this.#followSoon();
  }

  update({ docChanged, selectionSet, transactions }: ViewUpdate): void {
    if (docChanged && transactions.some((transaction) => transaction.docChanged && !isFromFormula(transaction))) {
      clearTimeout(this.#pause);
      if (this.#kept.length === 0) sessionOf(this.#view.state).typed.typed(typedParts(this.#view.state));
      this.#pause = setTimeout(() => this.read(), Math.max(PAUSE, this.#cost * PAUSES_A_READING));
    } else if (selectionSet && transactions.some((transaction) => transaction.isUserEvent('select')))
      this.#endGesture();
  }

  destroy(): void {
    this.#isOver = true;
    clearTimeout(this.#pause);
    clearTimeout(this.#breath);
    for (const end of this.#endings) end();
  }

  /** Takes over what is typed now. */
  read(): Reading {
    clearTimeout(this.#pause);
    const start = performance.now();
    const reading = this.#sync.read(this.#gesture);
    this.#cost = performance.now() - start;
    this.#tell(reading);
    if (reading === 'changed') {
      forgetTyping(this.#view);
      clearTimeout(this.#breath);
      this.#breath = setTimeout(() => this.#endGesture(), BREATH);
    }
    return reading;
  }

  follow(): readonly TextChange[] {
    return this.#sync.follow();
  }

  format(): boolean {
    return this.read() !== 'problems' && this.#sync.format();
  }

  #endGesture(): void {
    this.#gesture = {};
  }

  /** The session tells while the editor may be updating. */
  #followSoon(): void {
    queueMicrotask(() => {
      if (this.#isOver) return;
      this.#sync.follow();
      this.#retype();
    });
  }

  #tell(reading: Reading): void {
    if (this.#kept.length > 0) return;
    const { state } = this.#view;
    const isUntaken = reading === 'problems';
    sessionOf(state).typed.tell(isUntaken ? typedParts(state) : [], isUntaken ? parsedOf(state).diagnostics : []);
  }

  /**
   * Types once more what was typed when the formula was left, as soon as the statements are here that it stands in
   * place of.
   */
  #retype(): void {
    if (this.#kept.length === 0) return;
    const session = sessionOf(this.#view.state);
    const { formula } = session.snapshot();
    const { nodes } = formula;
    const isHere = this.#kept.every(({ over, behind }) =>
      [...over, behind].every((id) => id === null || Object.hasOwn(nodes, id)),
    );
    if (!isHere && session.status().connection !== 'online') return;
    const kept = this.#kept;
    this.#kept = [];
    this.#view.dispatch({
      changes: retyped(this.#view.state, kept).map(({ from, to, insert }) => ({ from, to, insert })),
    });
    this.#view.dispatch(fromFormula(begunAs(this.#view.state.field(codeTextField), kept, formula), []));
  }

  #show(): void {
    const open = partRanges(this.#view.state).find(({ part }) => part.kind === 'open');
    const at = parsedOf(this.#view.state).diagnostics[0]?.span?.start ?? open?.to ?? 0;
    this.#view.focus();
    this.#view.dispatch({
      selection: { anchor: Math.min(at, this.#view.state.doc.length) },
      scrollIntoView: true,
      userEvent: 'select.problem',
    });
  }

  #discard(): void {
    this.#kept = [];
    this.#view.dispatch({
      changes: withoutTyped(this.#view.state).map(({ from, to, insert }) => ({ from, to, insert })),
    });
    this.read();
  }
}

const plugin = ViewPlugin.fromClass(InStep, {
  eventHandlers: {
    blur({ relatedTarget }, view) {
      // The window may have lost the focus, or a part of the editor have taken it.
      if (
        document.activeElement === view.contentDOM ||
        (relatedTarget instanceof Node && view.dom.contains(relatedTarget))
      )
        return;
      this.format();
    },
  },
});

function inStep(view: EditorView): InStep {
  const found = view.plugin(plugin);
  if (!found) throw new Error('The editor is not kept in step with a formula.');
  return found;
}

/** Keeps the text and the formula the same, and formats the text when the person leaves it. */
export const keepInStep: Extension = [plugin, typing.of(history())];

function forgetTyping(view: EditorView): void {
  if (undoDepth(view.state) + redoDepth(view.state) === 0) return;
  view.dispatch({ effects: typing.reconfigure([]) });
  view.dispatch({ effects: typing.reconfigure(history()) });
}

/** Takes over what is typed, as if it had paused. */
export const readNow = (view: EditorView): Reading => inStep(view).read();

/** Shows at once what has changed in the formula. */
export const mergeNow = (view: EditorView): readonly TextChange[] => inStep(view).follow();

/** Brings the text into its canonical form; not while it has problems. */
export const format: Command = (view) => inStep(view).format();

/**
 * Takes back what is typed and not read yet, else the person's last edit of the formula, in whichever pane it was made.
 */
export const undo: Command = (view) =>
  undoDepth(view.state) > 0 ? undoTyping(view) : stepThrough(view, (session) => session.undo());

export const redo: Command = (view) =>
  redoDepth(view.state) > 0 ? redoTyping(view) : stepThrough(view, (session) => session.redo());

function stepThrough(view: EditorView, take: (session: FormulaSession) => void): boolean {
  if (view.state.readOnly) return false;
  readNow(view);
  take(sessionOf(view.state));
  const changes = mergeNow(view);
  forgetTyping(view);
  const last = changes.at(-1);
  if (!last) return true;
  const before = changes.slice(0, -1).reduce((sum, { from, to, insert }) => sum + insert.length - (to - from), 0);
  view.dispatch({
    selection: { anchor: last.from + before + last.insert.length },
    scrollIntoView: true,
    userEvent: 'select.undo',
  });
  return true;
}
