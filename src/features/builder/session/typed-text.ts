import { createEmitter } from '#core/emitter/emitter.ts';
import type { Diagnostic } from '#core/formula/model/diagnostic.ts';
import type { FormulaNode, NodeId } from '#core/formula/model/formula.ts';
import { KEPT_TEXTS } from '#ui/kept/kept-texts.ts';

/** A stretch of the code that was typed and is not in the formula. */
export interface TypedPart {
  readonly text: string;
  /** The statements in whose place it stands; null is the end of the text. Empty for what is new. */
  readonly over: readonly (string | null)[];
  /**
   * The nodes of those statements, as they were when the person began to type: what colleagues have changed since is
   * told by these.
   */
  readonly was: Readonly<Record<NodeId, FormulaNode>>;
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
  /** Whether something was typed that is not read yet. */
  readonly isUnread: boolean;
  /** Whether the text is there again when the tab is closed. */
  readonly isKept: boolean;
}

const NOTHING: Untaken = { lines: 0, problems: [], isUnread: false, isKept: true };

/** Where text is kept: `localStorage`, which is there again after a crash, and at once. */
export type TextStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** What the editor does when asked. */
interface TextEditor {
  show(): void;
  discard(): void;
}

type Texts = Readonly<Record<string, readonly TypedPart[]>>;

interface TypedTextOptions {
  /** Null where the browser keeps nothing. */
  readonly store: TextStore | null;
  readonly userId: string;
  readonly formulaId: string;
  /** Tabs of one person keep their texts beside each other. */
  readonly tab: string;
}

/**
 * The text that one person has typed in one formula and that is not taken: counted for whoever says *Saved*, kept from
 * the key that was pressed until the text is taken or discarded.
 */
export class TypedText {
  readonly #store: TextStore | null;
  readonly #key: string;
  readonly #tab: string;
  readonly #changed = createEmitter<void>();
  #untaken = NOTHING;
  #editor: TextEditor | null = null;
  /** The tabs whose texts this tab shows: what becomes of the texts here becomes of them there. */
  #shown: readonly string[];

  constructor({ store, userId, formulaId, tab }: TypedTextOptions) {
    this.#store = store;
    this.#key = `${KEPT_TEXTS.code}${userId}/${formulaId}`;
    this.#tab = tab;
    this.#shown = Object.keys(this.#texts());
    const lines = countLines(this.kept());
    if (lines > 0) this.#untaken = { ...NOTHING, lines };
  }

  readonly untaken = (): Untaken => this.#untaken;

  readonly subscribe = this.#changed.subscribe;

  /** What was typed when the formula was left, in its order; a text that two tabs showed once. */
  kept(): readonly TypedPart[] {
    const texts = this.#texts();
    const parts = [...this.#shown, this.#tab].flatMap((tab) => texts[tab] ?? []);
    return [...new Map(parts.map((part) => [JSON.stringify(part), part])).values()];
  }

  /** The editor tells what was typed, before it is read. */
  typed(parts: readonly TypedPart[]): void {
    const isKept = this.#keep(parts);
    const { isUnread, isKept: wasKept } = this.#untaken;
    if (!isUnread || isKept !== wasKept) this.#publish({ ...this.#untaken, isUnread: true, isKept });
  }

  /** The editor has read the text, and tells what is not taken; nothing once all of the text is. */
  tell(parts: readonly TypedPart[], problems: readonly Diagnostic[]): void {
    const isKept = this.#keep(parts);
    const untaken =
      parts.length === 0 ? NOTHING : { lines: Math.max(1, countLines(parts)), problems, isUnread: false, isKept };
    if (untaken !== this.#untaken) this.#publish(untaken);
  }

  #publish(untaken: Untaken): void {
    this.#untaken = untaken;
    this.#changed.emit();
  }

  #texts(): Texts {
    try {
      const value: unknown = JSON.parse(this.#store?.getItem(this.#key) ?? '{}');
      if (typeof value !== 'object' || value === null) return {};
      return Object.fromEntries(
        Object.entries(value).map(([tab, parts]: [string, unknown]) => [
          tab,
          Array.isArray(parts) ? parts.flatMap((part) => readPart(part) ?? []) : [],
        ]),
      );
    } catch {
      return {};
    }
  }

  /** Whether the text is kept. On a full disk the text is still in the pane. */
  #keep(parts: readonly TypedPart[]): boolean {
    const mine = new Set([...this.#shown, this.#tab]);
    const others = Object.entries(this.#texts()).filter(([tab]) => !mine.has(tab));
    this.#shown = [];
    const texts = Object.fromEntries(parts.length === 0 ? others : [...others, [this.#tab, parts]]);
    try {
      if (Object.keys(texts).length === 0) this.#store?.removeItem(this.#key);
      else this.#store?.setItem(this.#key, JSON.stringify(texts));
      return this.#store !== null;
    } catch {
      return false;
    }
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

const countLines = (parts: readonly TypedPart[]): number => parts.reduce((sum, { text }) => sum + linesOf(text), 0);

const linesOf = (text: string): number => text.split('\n').filter((line) => line.trim() !== '').length;

const isId = (value: unknown): value is string | null => value === null || typeof value === 'string';

function readPart(value: unknown): TypedPart | null {
  if (typeof value !== 'object' || value === null) return null;
  const {
    text,
    over,
    was,
    behind,
    isAtEnd,
  }: { text?: unknown; over?: unknown; was?: unknown; behind?: unknown; isAtEnd?: unknown } = value;
  if (
    typeof text !== 'string' ||
    !Array.isArray(over) ||
    !over.every(isId) ||
    !isId(behind) ||
    typeof isAtEnd !== 'boolean'
  )
    return null;
  return { text, over, was: readNodes(was), behind, isAtEnd };
}

/** None where nobody has kept them, or not as nodes are. */
function readNodes(value: unknown): TypedPart['was'] {
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).filter((entry): entry is [NodeId, FormulaNode] => isNode(entry[1])))
    : {};
}

function isNode(value: unknown): value is FormulaNode {
  if (typeof value !== 'object' || value === null) return false;
  const { block, name, comment, args }: { block?: unknown; name?: unknown; comment?: unknown; args?: unknown } = value;
  return (
    typeof block === 'string' &&
    [name, comment].every((text) => text === undefined || typeof text === 'string') &&
    typeof args === 'object' &&
    args !== null &&
    Object.values(args).every(isArg)
  );
}

const isLiteral = (value: unknown): boolean => value === null || ['number', 'boolean', 'string'].includes(typeof value);

function isArg(value: unknown): boolean {
  if (isLiteral(value)) return true;
  if (Array.isArray(value)) return value.every(isLiteral);
  return typeof value === 'object' && value !== null && 'from' in value && typeof value.from === 'string';
}
