import type { EditorState, TransactionSpec } from '@codemirror/state';
import type { Formula } from '#core/formula/model/formula.ts';
import { newNodeId } from '#core/formula/model/node-id.ts';
import type { FormulaSession } from '../session/formula-session.ts';
import { parsedOf } from './read-code.ts';
import { mergeIntoText } from './text/merge-into-text.ts';
import { isAllSettled, settled, textOf, type CodeText } from './text/parts.ts';
import { takeTyped } from './text/take-typed.ts';
import { textChanges, type TextChange } from './text/text-changes.ts';
import { codeTextField, fromFormula } from './text/text-field.ts';

/** What of an editor and of a session is needed: tests have them without a page and a server. */
export interface Editor {
  readonly state: EditorState;
  dispatch(...specs: readonly TransactionSpec[]): void;
}
export interface SharedFormula {
  snapshot(): { readonly formula: Formula };
  status(): { readonly canEdit: boolean };
  edit: FormulaSession['edit'];
}

/**
 * What became of what was typed: there was none, it has problems, it says the same as before, or the formula has
 * changed.
 */
export type Reading = 'nothing' | 'problems' | 'unchanged' | 'changed';

/**
 * Keeps an editor's text and the formula the same. Typing that reads without a problem becomes the smallest set of
 * edits; what changes in the formula is laid over the text, except for the statements that are being typed in. While
 * the text has a problem, the last good formula stays.
 */
export class TextSync {
  readonly #editor: Editor;
  readonly #shared: SharedFormula;
  /** What was there when the text followed the formula last: nothing is to be done until one of the two has changed. */
  #followed: { readonly formula: Formula; readonly text: CodeText } | undefined;

  constructor(editor: Editor, shared: SharedFormula) {
    this.#editor = editor;
    this.#shared = shared;
  }

  get #text(): CodeText {
    return this.#editor.state.field(codeTextField);
  }

  /** Lays what has changed in the formula over the text. Returns what it changed there. */
  follow(): readonly TextChange[] {
    const { formula } = this.#shared.snapshot();
    if (this.#followed?.formula === formula && this.#followed.text === this.#text) return [];
    const { text, changes } = mergeIntoText(this.#text, formula);
    this.#editor.dispatch(fromFormula(text, changes));
    this.#followed = { formula, text };
    return changes;
  }

  /** Takes over what is typed. What one `gesture` brings is one step of undo. */
  read(gesture?: object): Reading {
    this.follow();
    if (isAllSettled(this.#text)) return 'nothing';
    if (!this.#shared.status().canEdit) return 'problems';
    const read = takeTyped(this.#text, parsedOf(this.#editor.state), this.#shared.snapshot().formula, () =>
      newNodeId(Math.random),
    );
    if (!read) return 'problems';
    this.#replace(read.text);
    this.#shared.edit(read.edits, gesture);
    this.follow();
    return read.edits.length > 0 ? 'changed' : 'unchanged';
  }

  /** Brings the text into its canonical form; not while it has problems. */
  format(): boolean {
    if (this.read() === 'problems') return false;
    const { formula, parts } = this.#text;
    const formatted: CodeText = {
      formula,
      parts: parts.map((part) => (part.kind === 'open' ? part : settled(part.printed))),
    };
    if (textOf(formatted.parts) !== textOf(parts)) this.#replace(formatted);
    return true;
  }

  #replace(text: CodeText): void {
    this.#editor.dispatch(fromFormula(text, textChanges(textOf(this.#text.parts), textOf(text.parts))));
  }
}
