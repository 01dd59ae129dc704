/** Lets so much be loaded at once, in turns of organisations: whoever loads a thousand documents delays a neighbour by one. */
export class LoadTurns {
  readonly #most: number;
  readonly #mostWaiting: number;
  /** By organisation; whoever had a turn goes to the end. */
  readonly #lines = new Map<string, (() => void)[]>();
  #running = 0;

  constructor({ atOnce, waiting }: { readonly atOnce: number; readonly waiting: number }) {
    this.#most = atOnce;
    this.#mostWaiting = waiting;
  }

  /** Resolves to what ends the turn, once it has begun; null when too much of the organisation waits already. */
  async take(orgId: string): Promise<(() => void) | null> {
    if (this.#running < this.#most) this.#running += 1;
    else {
      const line = this.#lines.get(orgId) ?? [];
      if (line.length >= this.#mostWaiting) return null;
      this.#lines.set(orgId, line);
      await new Promise<void>((resolve) => line.push(resolve));
    }
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      this.#next();
    };
  }

  #next(): void {
    for (const [orgId, line] of this.#lines) {
      const begin = line.shift();
      this.#lines.delete(orgId);
      if (line.length > 0) this.#lines.set(orgId, line);
      // The turn goes over to the next: `#running` stays.
      if (begin) return begin();
    }
    this.#running -= 1;
  }
}
