import type * as Y from 'yjs';
import { rootsOf } from '#collab/document-roots.ts';

/** The arguments that have a value, as keys of the document. */
export const argsWithValue = (doc: Y.Doc): ReadonlySet<string> => new Set(rootsOf(doc).args.keys());

/**
 * The law of undo: an argument that had a value on every replica keeps one when somebody undoes, unless it was that
 * person who gave it its first value. Collects what each person has filled.
 */
export class FilledArgs {
  readonly #filled = new Set<string>();

  /** Does what is one gesture of the person. */
  during(doc: Y.Doc, gesture: () => void): void {
    const before = argsWithValue(doc);
    gesture();
    for (const key of argsWithValue(doc)) if (!before.has(key)) this.#filled.add(key);
  }

  /**
   * The arguments with a value on every replica, but for those that the person has filled: these must not become empty
   * by an undo.
   */
  mustStay(docs: readonly Y.Doc[]): readonly string[] {
    const [first, ...others] = docs.map(argsWithValue);
    return [...(first ?? [])].filter((key) => others.every((other) => other.has(key)) && !this.#filled.has(key));
  }
}
