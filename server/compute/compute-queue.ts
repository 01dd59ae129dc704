/** On whose account a task computes. All tasks of one run share one claim. */
export interface Claim {
  /** The organisation: turns are fair between organisations. */
  readonly owner: string;
  /** How many turns it gets for one of another: what its plan pays for. */
  readonly weight: number;
  /** Milliseconds of one thread that the whole run may take. */
  readonly mostTime: number;
  /** Milliseconds that the run has taken so far. */
  spent: number;
}

interface Waiting<Item> {
  readonly claim: Claim;
  readonly item: Item;
}

/**
 * What waits for a thread, in fair turns: the owner that has computed least goes first (start-time fair queuing), and
 * within one owner the run that has computed least, so that what is small does not wait for what is large. Who was away
 * gains nothing by it.
 */
export class ComputeQueue<Item> {
  #waiting: Waiting<Item>[] = [];
  /** Weighted milliseconds by owner. */
  readonly #served = new Map<string, number>();
  #floor = 0;

  get size(): number {
    return this.#waiting.length;
  }

  push(claim: Claim, item: Item): void {
    const { owner } = claim;
    this.#served.set(owner, Math.max(this.#served.get(owner) ?? 0, this.#floor));
    this.#waiting.push({ claim, item });
  }

  /** The item whose turn it is among those that `may` run; it stays. */
  peek(may: (item: Item, claim: Claim) => boolean): Item | null {
    return this.#best(may)?.item ?? null;
  }

  /** Takes the item whose turn it is among those that `may` run. */
  take(may: (item: Item, claim: Claim) => boolean): Item | null {
    const best = this.#best(may);
    if (!best) return null;
    this.#waiting.splice(this.#waiting.indexOf(best), 1);
    this.#floor = Math.max(this.#floor, this.#servedBy(best.claim.owner));
    return best.item;
  }

  /** False when it does not wait. */
  remove(item: Item): boolean {
    const before = this.#waiting.length;
    this.#waiting = this.#waiting.filter((waiting) => waiting.item !== item);
    return this.#waiting.length < before;
  }

  /** Counts time that an owner has had a thread. */
  charge({ owner, weight }: Claim, milliseconds: number): void {
    this.#served.set(owner, this.#servedBy(owner) + milliseconds / weight);
    if (this.#served.size > 1000) this.#forgetIdle();
  }

  #best(may: (item: Item, claim: Claim) => boolean): Waiting<Item> | null {
    let best: Waiting<Item> | null = null;
    for (const waiting of this.#waiting)
      if (may(waiting.item, waiting.claim) && (!best || this.#isBefore(waiting.claim, best.claim))) best = waiting;
    return best;
  }

  #isBefore(a: Claim, b: Claim): boolean {
    const between = this.#servedBy(a.owner) - this.#servedBy(b.owner);
    return a.owner === b.owner || between === 0 ? a.spent < b.spent : between < 0;
  }

  #servedBy(owner: string): number {
    return this.#served.get(owner) ?? this.#floor;
  }

  #forgetIdle(): void {
    const waiting = new Set(this.#waiting.map(({ claim }) => claim.owner));
    for (const [owner, served] of this.#served)
      if (served <= this.#floor && !waiting.has(owner)) this.#served.delete(owner);
  }
}
