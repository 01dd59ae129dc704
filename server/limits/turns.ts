/** Lets so much work of one key run at once; the rest waits in the order in which it came. */
export class Turns {
  readonly #most: number;
  readonly #mostWaiting: number;
  readonly #lines = new Map<string, { running: number; readonly waiting: (() => void)[] }>();

  constructor(most: number, mostWaiting: number) {
    this.#most = most;
    this.#mostWaiting = mostWaiting;
  }

  /** Resolves to what ends the turn, once it has begun; null when too much is waiting already. */
  take(key: string): (() => void) | Promise<() => void> | null {
    const line = this.#lines.get(key) ?? { running: 0, waiting: [] };
    this.#lines.set(key, line);
    const end = once(() => this.#end(key));
    if (line.running < this.#most) {
      line.running += 1;
      return end;
    }
    if (line.waiting.length >= this.#mostWaiting) return null;
    return new Promise((resolve) => line.waiting.push(() => resolve(end)));
  }

  /** How many keys have work. */
  get size(): number {
    return this.#lines.size;
  }

  #end(key: string): void {
    const line = this.#lines.get(key);
    if (!line) return;
    const next = line.waiting.shift();
    // The turn goes over to the next: `running` stays.
    if (next) return next();
    line.running -= 1;
    if (line.running === 0) this.#lines.delete(key);
  }
}

function once(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    work();
  };
}
