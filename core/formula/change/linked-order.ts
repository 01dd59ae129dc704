/** Things in an order in which each can be put behind another in constant time. */
export class LinkedOrder<T> {
  readonly #next = new Map<T | null, T | null>([[null, null]]);
  readonly #previous = new Map<T | null, T | null>([[null, null]]);

  constructor(items: Iterable<T>) {
    for (const item of items) this.place(item, undefined);
  }

  /**
   * Puts an item behind another, from where it was if it was there: `null` is the beginning, undefined (or what is not
   * there) the end.
   */
  place(item: T, after: T | null | undefined): void {
    this.remove(item);
    const before = after === undefined || !this.#next.has(after) ? (this.#previous.get(null) ?? null) : after;
    const behind = this.#next.get(before) ?? null;
    this.#link(before, item);
    this.#link(item, behind);
  }

  remove(item: T): void {
    if (!this.#next.has(item)) return;
    this.#link(this.#previous.get(item) ?? null, this.#next.get(item) ?? null);
    this.#next.delete(item);
    this.#previous.delete(item);
  }

  *[Symbol.iterator](): Generator<T> {
    for (let item = this.#next.get(null) ?? null; item !== null; item = this.#next.get(item) ?? null) yield item;
  }

  // The end of the ring, on both sides, is null.
  #link(before: T | null, behind: T | null): void {
    this.#next.set(before, behind);
    this.#previous.set(behind, before);
  }
}
