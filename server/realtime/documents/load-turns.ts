import type { OrgId } from '#core/requests/ids.ts';
interface Waiting {
  readonly orgId: OrgId;
  /** Where the organisation's account stands when the load begins, and behind it. */
  readonly start: number;
  readonly finish: number;
  readonly begin: () => void;
}

/**
 * Lets so much be loaded at once, in turns of organisations by what their loads cost, the one first that is done first
 * (weighted fair queuing): whoever loads a thousand documents delays a neighbour by one, and a small document waits for
 * no large one of any number of organisations.
 */
export class LoadTurns {
  readonly #most: number;
  readonly #mostWaiting: number;
  #waiting: Waiting[] = [];
  /** Where the accounts of organisations stand that have loaded something lately. */
  readonly #finished = new Map<string, number>();
  #running = 0;
  #now = 0;

  constructor({ atOnce, waiting }: { readonly atOnce: number; readonly waiting: number }) {
    this.#most = atOnce;
    this.#mostWaiting = waiting;
  }

  /** Resolves to what ends the turn, once it has begun; null when too much of the organisation waits already. */
  async take(orgId: OrgId, cost: number): Promise<(() => void) | null> {
    const start = Math.max(this.#now, this.#finished.get(orgId) ?? 0);
    const finish = start + cost;
    if (this.#running < this.#most) {
      this.#running += 1;
      this.#charge(orgId, start, finish);
    } else {
      if (this.#waiting.filter((one) => one.orgId === orgId).length >= this.#mostWaiting) return null;
      this.#finished.set(orgId, finish);
      await new Promise<void>((begin) => this.#waiting.push({ orgId, start, finish, begin }));
    }
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      this.#next();
    };
  }

  #next(): void {
    const [first] = this.#waiting;
    if (!first) {
      this.#running -= 1;
      return;
    }
    const chosen = this.#waiting.reduce((best, one) => (one.finish < best.finish ? one : best), first);
    this.#waiting.splice(this.#waiting.indexOf(chosen), 1);
    this.#charge(chosen.orgId, chosen.start, this.#finished.get(chosen.orgId) ?? chosen.finish);
    // The turn goes over to the next: `#running` stays.
    chosen.begin();
  }

  #charge(orgId: OrgId, start: number, finish: number): void {
    this.#now = Math.max(this.#now, start);
    this.#finished.set(orgId, finish);
    if (this.#finished.size <= MOST_ACCOUNTS) return;
    for (const [id, stands] of this.#finished) if (stands <= this.#now) this.#finished.delete(id);
  }
}

/** From so many accounts on those are forgotten that owe nothing. */
const MOST_ACCOUNTS = 1_000;
