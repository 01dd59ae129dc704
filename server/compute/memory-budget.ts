/** Who would take more than there is waits behind so many that are smaller, and then nobody passes any more. */
const MOST_PASSED = 8;

interface Waiting {
  readonly owner: string;
  readonly bytes: number;
  passed: number;
  grant(): void;
}

/**
 * The memory that all runs of a process share, by what each is estimated to take. A run holds its part until it has
 * ended; who finds no room waits. Room goes to the owner that holds least, so that no organisation keeps the others
 * out, and what is large is passed a few times only.
 */
export class MemoryBudget {
  readonly #total: number;
  readonly #held = new Map<string, number>();
  #waiting: Waiting[] = [];
  #free: number;

  constructor(total: number) {
    this.#total = total;
    this.#free = total;
  }

  get total(): number {
    return this.#total;
  }

  /** Takes room at once when nobody waits and there is some: what gives it back, or null. */
  tryTake(owner: string, bytes: number): (() => void) | null {
    return this.#waiting.length === 0 && bytes <= this.#free ? this.#take(owner, bytes) : null;
  }

  /**
   * Waits for room. Resolves to what gives it back; to null when `signal` is aborted before, or when there is never so
   * much.
   */
  take(owner: string, bytes: number, signal: AbortSignal): Promise<(() => void) | null> {
    if (bytes > this.#total || signal.aborted) return Promise.resolve(null);
    return new Promise((resolve) => {
      const leave = (): void => {
        this.#waiting = this.#waiting.filter((one) => one !== waiting);
        resolve(null);
        this.#next();
      };
      const waiting: Waiting = {
        owner,
        bytes,
        passed: 0,
        grant: () => (signal.removeEventListener('abort', leave), resolve(this.#take(owner, bytes))),
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#waiting.push(waiting);
      this.#next();
    });
  }

  #take(owner: string, bytes: number): () => void {
    this.#free -= bytes;
    this.#held.set(owner, this.#heldBy(owner) + bytes);
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.#free += bytes;
      const left = this.#heldBy(owner) - bytes;
      if (left > 0) this.#held.set(owner, left);
      else this.#held.delete(owner);
      this.#next();
    };
  }

  #next(): void {
    for (let chosen = this.#chosen(); chosen; chosen = this.#chosen()) {
      const taken = chosen;
      for (const one of this.#waiting)
        if (one !== taken && this.#waiting.indexOf(one) < this.#waiting.indexOf(taken)) one.passed += 1;
      this.#waiting = this.#waiting.filter((one) => one !== taken);
      taken.grant();
    }
  }

  #chosen(): Waiting | null {
    // Whoever was passed often enough goes next, and the room that comes free is kept until there is enough.
    const patient = this.#waiting.find(({ passed }) => passed >= MOST_PASSED);
    if (patient) return patient.bytes <= this.#free ? patient : null;
    const fitting = this.#waiting.filter(({ bytes }) => bytes <= this.#free);
    return fitting.reduce<Waiting | null>(
      (best, one) => (best && this.#heldBy(best.owner) <= this.#heldBy(one.owner) ? best : one),
      null,
    );
  }

  #heldBy(owner: string): number {
    return this.#held.get(owner) ?? 0;
  }
}
