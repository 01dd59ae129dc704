import type { TokenBucket } from '#server/limits/token-bucket.ts';

/** A socket that owes something and is not read meanwhile. */
export interface Waiting {
  /** Whose: all sockets of a person share one bucket. */
  readonly person: TokenBucket;
  /** Milliseconds until all that this socket owes is paid. */
  owes(): number;
  /** Reads one message. False when nothing waits any more. */
  goOn(): boolean;
}

/** A timer that ends a moment early finds a debt of less than a millisecond. */
const SOONEST_MS = 1;

/**
 * The sockets of an organisation that wait, in turns (B2): between the people of the organisation, and between the
 * sockets of a person. Each turn is one message, so that whoever has sent most does not take again and again what all
 * of them share.
 */
export class WaitingLine {
  /** The first is whose turn is next. */
  readonly #people = new Map<TokenBucket, Set<Waiting>>();
  #timer: NodeJS.Timeout | null = null;
  #due = 0;

  add(waiting: Waiting): void {
    const theirs = this.#people.get(waiting.person) ?? new Set();
    this.#people.set(waiting.person, theirs.add(waiting));
    this.#wakeIn(waiting.owes());
  }

  #remove(waiting: Waiting): void {
    const theirs = this.#people.get(waiting.person);
    theirs?.delete(waiting);
    if (theirs?.size === 0) this.#people.delete(waiting.person);
  }

  /** Keeps an earlier time that is set already. */
  #wakeIn(wait: number): void {
    const whole = Math.max(SOONEST_MS, Math.ceil(wait));
    const due = performance.now() + whole;
    if (this.#timer && this.#due <= due) return;
    if (this.#timer) clearTimeout(this.#timer);
    this.#due = due;
    this.#timer = setTimeout(() => this.#serve(), whole).unref();
  }

  #serve(): void {
    this.#timer = null;
    for (let next = this.#first(); next; next = this.#first()) {
      this.#remove(next);
      if (!next.goOn()) continue;
      // Behind the person's other sockets, and the person behind everybody else.
      const theirs = this.#people.get(next.person) ?? new Set();
      this.#people.delete(next.person);
      this.#people.set(next.person, theirs.add(next));
    }
    const soonest = Math.min(...[...this.#people.values()].map((theirs) => soonestOf(theirs)));
    if (soonest < Infinity) this.#wakeIn(soonest);
  }

  #first(): Waiting | null {
    for (const theirs of this.#people.values()) for (const one of theirs) if (one.owes() === 0) return one;
    return null;
  }
}

function soonestOf(waiting: ReadonlySet<Waiting>): number {
  let soonest = Infinity;
  for (const one of waiting) soonest = Math.min(soonest, one.owes());
  return soonest;
}
