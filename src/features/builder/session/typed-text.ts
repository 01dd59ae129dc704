import type { Diagnostic } from '#core/formula/diagnostic.ts';
import { KEPT_TEXTS } from '#ui/kept-texts.ts';

/** A stretch of the code that was typed and is not in the formula. */
export interface TypedPart {
  readonly text: string;
  /** The statements in whose place it stands; null is the end of the text. Empty for what is new. */
  readonly over: readonly (string | null)[];
  /** The statement that it stands behind; null for the first. */
  readonly behind: string | null;
  /** Whether it stands behind the end of what the formula says. */
  readonly isAtEnd: boolean;
}

/** What of the code pane's text is not taken into the formula. */
export interface Untaken {
  readonly lines: number;
  /** Why. */
  readonly problems: readonly Diagnostic[];
}

const NOTHING: Untaken = { lines: 0, problems: [] };

/** Where text is kept: `localStorage`, which is there again after a crash, and at once. */
export type TextStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** What the editor does when asked. */
interface TextEditor {
  show(): void;
  discard(): void;
}

/** The text that one person has typed in one formula and that is not taken: counted for whoever says *Saved*, kept until it is taken or discarded. */
export class TypedText {
  readonly #store: TextStore | null;
  readonly #key: string;
  readonly #listeners = new Set<() => void>();
  #untaken = NOTHING;
  #editor: TextEditor | null = null;

  constructor({ store, userId, formulaId }: { readonly store: TextStore | null; readonly userId: string; readonly formulaId: string }) {
    this.#store = store;
    this.#key = `${KEPT_TEXTS.code}${userId}/${formulaId}`;
    const lines = this.kept().reduce((sum, { text }) => sum + linesOf(text), 0);
    if (lines > 0) this.#untaken = { lines, problems: [] };
  }

  readonly untaken = (): Untaken => this.#untaken;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  /** What was typed when the formula was left, in its order. */
  kept(): readonly TypedPart[] {
    try {
      const value: unknown = JSON.parse(this.#store?.getItem(this.#key) ?? '[]');
      return Array.isArray(value) ? value.filter(isTypedPart) : [];
    } catch {
      return [];
    }
  }

  /** The editor tells what is not taken; nothing once all of it is. */
  tell(parts: readonly TypedPart[], problems: readonly Diagnostic[]): void {
    const untaken = parts.length === 0 ? NOTHING : { lines: Math.max(1, parts.reduce((sum, { text }) => sum + linesOf(text), 0)), problems };
    try {
      if (parts.length === 0) this.#store?.removeItem(this.#key);
      else this.#store?.setItem(this.#key, JSON.stringify(parts));
    } catch {
      // A full disk: the text is still in the pane.
    }
    if (untaken === this.#untaken) return;
    this.#untaken = untaken;
    for (const listener of [...this.#listeners]) listener();
  }

  /** Returns what ends it. */
  attach(editor: TextEditor): () => void {
    this.#editor = editor;
    return () => {
      if (this.#editor === editor) this.#editor = null;
    };
  }

  readonly show = (): void => this.#editor?.show();

  readonly discard = (): void => {
    this.#editor?.discard();
    this.tell([], []);
  };
}

const linesOf = (text: string): number => text.split('\n').filter((line) => line.trim() !== '').length;

const isId = (value: unknown): value is string | null => value === null || typeof value === 'string';

function isTypedPart(value: unknown): value is TypedPart {
  if (typeof value !== 'object' || value === null) return false;
  const { text, over, behind, isAtEnd }: { text?: unknown; over?: unknown; behind?: unknown; isAtEnd?: unknown } = value;
  return typeof text === 'string' && Array.isArray(over) && over.every(isId) && isId(behind) && typeof isAtEnd === 'boolean';
}

export const countedLines = (lines: number): string => (lines === 1 ? '1 line not taken' : `${lines} lines not taken`);
