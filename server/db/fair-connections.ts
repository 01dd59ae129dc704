interface Waiting {
  /** In the order of asking. */
  readonly number: number;
  readonly begin: () => void;
}

/**
 * Who gets a connection next. Each owner may have at most twice as many connections as are free (the dynamic thresholds
 * of shared buffers: A. Choudhury and E. Hahne, 1998): of ten connections a single owner gets seven, each of two owners
 * four, and there is one left for whoever comes. Whoever asks for more waits without a connection; whoever has the
 * fewest goes first. O(owners that wait) for each connection that is given back.
 */
export class FairConnections {
  readonly #held = new Map<string, number>();
  readonly #waiting = new Map<string, Waiting[]>();
  #free: number;
  #asked = 0;

  constructor(connections: number) {
    this.#free = connections;
  }

  /** Runs `work` when a connection is the owner's. */
  async use<T>(owner: string, work: () => Promise<T>): Promise<T> {
    await this.#take(owner);
    try {
      return await work();
    } finally {
      this.#giveBack(owner);
    }
  }

  #take(owner: string): Promise<void> | void {
    // Nobody overtakes others of the same owner.
    if (!this.#waiting.has(owner) && this.#mayHave(owner)) return this.#count(owner, 1);
    const { promise, resolve } = Promise.withResolvers<void>();
    const line = this.#waiting.get(owner) ?? [];
    line.push({ number: (this.#asked += 1), begin: resolve });
    this.#waiting.set(owner, line);
    return promise;
  }

  #giveBack(owner: string): void {
    this.#count(owner, -1);
    for (let next = this.#next(); next !== null; next = this.#next()) {
      const line = this.#waiting.get(next) ?? [];
      const first = line.shift();
      if (line.length === 0) this.#waiting.delete(next);
      this.#count(next, 1);
      first?.begin();
    }
  }

  /**
   * Of those that wait and may have one, the owner with the fewest, and of several the owner that has waited longest.
   */
  #next(): string | null {
    let best: { readonly owner: string; readonly held: number; readonly number: number } | null = null;
    for (const [owner, [first]] of this.#waiting) {
      const [held, number] = [this.#heldBy(owner), first?.number ?? 0];
      if (this.#mayHave(owner) && (!best || held < best.held || (held === best.held && number < best.number)))
        best = { owner, held, number };
    }
    return best?.owner ?? null;
  }

  #mayHave(owner: string): boolean {
    return this.#heldBy(owner) < 2 * this.#free;
  }

  #heldBy(owner: string): number {
    return this.#held.get(owner) ?? 0;
  }

  #count(owner: string, more: 1 | -1): void {
    const held = this.#heldBy(owner) + more;
    if (held === 0) this.#held.delete(owner);
    else this.#held.set(owner, held);
    this.#free -= more;
  }
}
