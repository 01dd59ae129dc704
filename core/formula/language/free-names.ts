import { isBareName } from '../blocks/catalogue.ts';

/** Makes up names that nothing has yet: a word, and the first number that is free. */
export class FreeNames {
  readonly #taken = new Set<string>();
  readonly #counts = new Map<string, number>();

  constructor(taken: Iterable<string | undefined>) {
    for (const name of taken) if (name !== undefined) this.#taken.add(name);
  }

  /** The words come from anywhere: what can't stand in a name is left out. */
  take(from: string): string {
    const word = from.replaceAll(/\W/g, '').replace(/^(?=\d|$)/, '_');
    for (let count = (this.#counts.get(word) ?? 0) + 1; ; count += 1) {
      const name = `${word}${count}`;
      if (this.#taken.has(name) || isBareName(name)) continue;
      this.#counts.set(word, count);
      this.#taken.add(name);
      return name;
    }
  }
}
