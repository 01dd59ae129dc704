import { TokenBucket } from './token-bucket.ts';

interface Rate {
  readonly perSecond: number;
  readonly atOnce: number;
}

/** How often addresses open connections. */
export class ConnectionRates {
  readonly #rate: Rate;
  readonly #told: TokenBucket;
  readonly #buckets = new Map<string, TokenBucket>();

  /** Of those that come too often, `told` are told so, of all addresses together. */
  constructor(rate: Rate, told: Rate) {
    this.#rate = rate;
    this.#told = new TokenBucket(told.perSecond, told.atOnce, 0);
  }

  /** Counts one more. Whether it may be opened, or is refused with or without a word. */
  count(address: string, now: number): 'open' | 'tell' | 'drop' {
    const bucket = this.#buckets.get(address) ?? new TokenBucket(this.#rate.perSecond, this.#rate.atOnce, now);
    this.#buckets.set(address, bucket);
    if (bucket.owes(now) <= 0 && bucket.take(1, now) <= 0) return 'open';
    return this.#told.owes(now) <= 0 && this.#told.take(1, now) <= 0 ? 'tell' : 'drop';
  }

  /** Forgets who has come no more often than may be. */
  forget(now: number): void {
    for (const [address, bucket] of this.#buckets) if (bucket.isFull(now)) this.#buckets.delete(address);
  }

  get size(): number {
    return this.#buckets.size;
  }
}
