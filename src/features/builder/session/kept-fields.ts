import { mergeText } from '#collab/merge-text.ts';
import { createEmitter } from '#core/emitter/emitter.ts';
import { findBlock, findPort } from '#core/formula/blocks/catalogue.ts';
import { whyNotFunctionName, whyNotName } from '#core/formula/check/check-names.ts';
import { LONGEST_NOTE } from '#core/formula/model/annotations.ts';
import type { Edit } from '#core/formula/model/edit.ts';
import { isRef, nodeOf, type Formula, type FormulaNode, type Literal } from '#core/formula/model/formula.ts';
import { err, ok, type Result } from '#core/result/result.ts';
import { readLiteral, type FieldOwner, type FieldText, type FieldTexts } from '#features/graph/index.ts';
import { KEPT_TEXTS } from '#ui/kept/kept-texts.ts';
import type { TextStore } from './typed-text.ts';

/** A text of a field that is not in the formula, and why. */
export interface WrongField {
  readonly node: FieldOwner;
  readonly field: string;
  readonly text: string;
  readonly message: string;
}

export interface UntakenFields {
  readonly wrong: readonly WrongField[];
  /** Whether something is typed that nobody has read yet. */
  readonly isTyping: boolean;
  /** Whether the texts are there again when the tab is closed. */
  readonly isKept: boolean;
}

interface Kept {
  readonly node: FieldOwner;
  readonly field: string;
  readonly text: string;
  /** What the formula said when the person began to type, as JSON. */
  readonly was: string;
  /** Whether the page was left in the middle: the text is then taken as if the field had been left. */
  readonly isLeft: boolean;
}

interface Typed extends Kept {
  readonly problem: string | null;
  /** Kept by an earlier page, and not looked at yet. */
  readonly isOld: boolean;
}

interface KeptFieldsOptions {
  /** Null where the browser keeps nothing. */
  readonly store: TextStore | null;
  readonly userId: string;
  readonly formulaId: string;
  readonly formula: () => Formula;
  readonly canEdit: () => boolean;
  readonly edit: (edits: readonly Edit[]) => void;
}

const NOTHING: UntakenFields = { wrong: [], isTyping: false, isKept: true };
const OLD =
  'You typed this before you left the page, and the strategy has changed since. Press Enter in the field to take it, or Escape to leave it.';

const keyOf = (node: FieldOwner, field: string): string => `${node}/${field}`;

/**
 * What one person has typed into fields of a formula's nodes, frames and notes: kept from the key that was pressed
 * until the text is taken or discarded.
 */
export class KeptFields implements FieldTexts {
  readonly #options: KeptFieldsOptions;
  readonly #key: string;
  readonly #changed = createEmitter<void>();
  readonly #typed: Map<string, Typed>;
  #shown = new Map<string, FieldText>();
  #untaken = NOTHING;
  #isKept = true;
  /** Fields that this tab has or had a text of; texts of other tabs stay in the store. */
  readonly #own = new Set<string>();

  constructor(options: KeptFieldsOptions) {
    this.#options = options;
    this.#key = `${KEPT_TEXTS.field}${options.userId}/${options.formulaId}`;
    const stored = this.#stored();
    for (const { node, field } of stored) this.#own.add(keyOf(node, field));
    this.#typed = new Map(
      stored.map((kept) => [keyOf(kept.node, kept.field), { ...kept, problem: null, isOld: true }]),
    );
  }

  readonly subscribe = this.#changed.subscribe;
  readonly untaken = (): UntakenFields => this.#untaken;

  read(node: FieldOwner, field: string): FieldText | null {
    return this.#shown.get(keyOf(node, field)) ?? null;
  }

  type(node: FieldOwner, field: string, text: string): void {
    const was = this.#typed.get(keyOf(node, field))?.was ?? this.#said(node, field);
    if (was !== null) this.#set({ node, field, text, was, isLeft: false, problem: null, isOld: false });
  }

  take(node: FieldOwner, field: string): boolean {
    const typed = this.#typed.get(keyOf(node, field));
    // An old text waits until its node is there.
    if (!typed || typed.isOld) return true;
    const read = this.#edits(typed);
    if (!read.ok || !this.#options.canEdit()) {
      this.#set({ ...typed, problem: read.ok ? 'Your role lets you look, not edit.' : read.error });
      return false;
    }
    this.discard(node, field);
    this.#options.edit(read.value);
    return true;
  }

  left(node: FieldOwner, field: string): void {
    // What was refused, or waits for an answer, is not taken unasked.
    if (this.read(node, field)?.problem === null) this.take(node, field);
  }

  discard(node: FieldOwner, field: string): void {
    if (this.#typed.delete(keyOf(node, field))) this.#keep();
  }

  literal(node: FieldOwner, field: string): Literal | undefined {
    const typed = this.#typed.get(keyOf(node, field));
    const [edit] = typed ? (valueOf(this.#edits(typed)) ?? []) : [];
    return edit?.type === 'setArg' && !isRef(edit.arg) ? edit.arg : undefined;
  }

  readonly discardAll = (): void => {
    this.#typed.clear();
    this.#keep();
  };

  /** The page goes away: what is being typed is taken when the page is there again, as a field that is left. */
  leave(): void {
    for (const [key, typed] of this.#typed)
      if (typed.problem === null) this.#typed.set(key, { ...typed, isLeft: true });
    this.#keep();
  }

  /** The formula or the right to edit has changed: what was kept meets its node. */
  meet(): void {
    for (const typed of [...this.#typed.values()]) {
      if (!typed.isOld || this.#said(typed.node, typed.field) === null || !this.#options.canEdit()) continue;
      const isSame = this.#said(typed.node, typed.field) === typed.was;
      this.#typed.set(keyOf(typed.node, typed.field), { ...typed, isOld: false, problem: OLD });
      // Of a note both texts stay.
      if (typed.isLeft && (isSame || typed.field === '@text')) this.take(typed.node, typed.field);
      else this.#keep();
    }
  }

  /**
   * This person has changed the formula elsewhere, in the code or by undo: what they typed into a field before is over.
   */
  supersede(): void {
    for (const { node, field, was, isOld } of [...this.#typed.values()]) {
      const said = this.#said(node, field);
      if (!isOld && said !== null && said !== was) this.discard(node, field);
    }
  }

  /** What the formula says there, as JSON; null where the node is gone. */
  #said(id: FieldOwner, field: string): string | null {
    const formula = this.#options.formula();
    const annotation = field === '@text' ? formula.notes?.[id]?.text : formula.frames?.[id]?.title;
    if (field === '@text' || field === '@title')
      return annotation === undefined ? null : JSON.stringify([field, annotation]);
    const node = nodeOf(formula, id);
    return node ? JSON.stringify([node.block, valueAt(node, field) ?? null]) : null;
  }

  #edits({ node: id, field, text, was }: Kept): Result<readonly Edit[], string> {
    const formula = this.#options.formula();
    if (field === '@text') {
      const note = formula.notes?.[id];
      if (!note) return err('The note is gone.');
      const merged = mergeText(textIn(was), note.text, text).slice(0, LONGEST_NOTE);
      return ok([{ type: 'setNote', id, note: { ...note, text: merged } }]);
    }
    if (field === '@title') {
      const frame = formula.frames?.[id];
      return frame
        ? ok([{ type: 'setFrame', id, frame: { ...frame, title: text.trim() } }])
        : err('The frame is gone.');
    }
    const node = nodeOf(formula, id);
    if (!node) return err('The node is gone.');
    if (field === '@comment') return ok([{ type: 'setComment', id, comment: text.trim() === '' ? null : text }]);
    if (field === '@name') {
      const isFunction = node.block === 'fn';
      const whyNot = isFunction ? whyNotFunctionName : whyNotName;
      const why = text === '' && !isFunction ? null : whyNot(formula, node.name, text);
      return why === null ? ok([{ type: 'setName', id, name: text === '' ? null : text }]) : err(why);
    }
    const block = findBlock(node.block);
    const port = block ? findPort(block, field) : undefined;
    if (!port) return err(`The node has no \`${field}\` any more.`);
    if (isRef(node.args[field])) return err(`A wire leads to \`${field}\` now.`);
    const read = readLiteral(text, port, node);
    if (!read.ok) return read;
    return ok([
      read.value === undefined
        ? { type: 'clearArg', id, port: field }
        : { type: 'setArg', id, port: field, arg: read.value },
    ]);
  }

  #set(typed: Typed): void {
    this.#typed.set(keyOf(typed.node, typed.field), typed);
    this.#own.add(keyOf(typed.node, typed.field));
    this.#keep();
  }

  #keep(): void {
    const mine = [...this.#typed.values()].map(({ node, field, text, was, isLeft }): Kept => ({
      node,
      field,
      text,
      was,
      isLeft,
    }));
    this.#isKept = this.#write(mine);
    const known = [...this.#typed.values()].filter(({ isOld }) => !isOld);
    this.#shown = new Map(
      known.map(({ node, field, text, problem }) => {
        const before = this.#shown.get(keyOf(node, field));
        return [keyOf(node, field), before?.text === text && before.problem === problem ? before : { text, problem }];
      }),
    );
    this.#untaken =
      known.length === 0
        ? NOTHING
        : {
            wrong: known.flatMap(({ node, field, text, problem }) =>
              problem === null ? [] : [{ node, field, text, message: problem }],
            ),
            isTyping: known.some(({ problem }) => problem === null),
            isKept: this.#isKept,
          };
    this.#changed.emit();
  }

  /** Whether the texts are kept. On a full disk the texts are still in their fields. */
  #write(mine: readonly Kept[]): boolean {
    const { store } = this.#options;
    const kept = [...this.#stored().filter(({ node, field }) => !this.#own.has(keyOf(node, field))), ...mine];
    try {
      if (kept.length === 0) store?.removeItem(this.#key);
      else store?.setItem(this.#key, JSON.stringify(kept));
      return store !== null;
    } catch {
      return false;
    }
  }

  #stored(): readonly Kept[] {
    try {
      const value: unknown = JSON.parse(this.#options.store?.getItem(this.#key) ?? '[]');
      return Array.isArray(value) ? value.flatMap((each: unknown) => readKept(each) ?? []) : [];
    } catch {
      return [];
    }
  }
}

/** The text of a note as `was` says it. */
function textIn(was: string): string {
  const [, text]: readonly unknown[] = JSON.parse(was) as readonly unknown[];
  return typeof text === 'string' ? text : '';
}

const valueOf = <T>(result: Result<T, string>): T | null => (result.ok ? result.value : null);

function valueAt({ name, comment, args }: FormulaNode, field: string): unknown {
  if (field === '@name') return name;
  return field === '@comment' ? comment : args[field];
}

function readKept(value: unknown): Kept | null {
  if (typeof value !== 'object' || value === null) return null;
  const { node, field, text, was, isLeft }: { [Key in keyof Kept]?: unknown } = value;
  return typeof node === 'string' && typeof field === 'string' && typeof text === 'string' && typeof was === 'string'
    ? { node, field, text, was, isLeft: isLeft === true }
    : null;
}
