/** Lets `burst` through at once and `rate` a second on end. */
export class TokenBucket {
  readonly #rate: number;
  readonly #burst: number;
  #tokens: number;
  #at: number;

  constructor(rate: number, burst: number, now: number) {
    this.#rate = rate;
    this.#burst = burst;
    this.#tokens = burst;
    this.#at = now;
  }

  /** Takes tokens, on credit if need be. Returns how many milliseconds to wait before the next. */
  take(tokens: number, now: number): number {
    this.#tokens = Math.min(this.#burst, this.#tokens + ((now - this.#at) / 1000) * this.#rate) - tokens;
    this.#at = now;
    return this.owes(now);
  }

  /** In how many milliseconds what was taken on credit is paid. */
  owes(now: number): number {
    return Math.max(0, (-this.#tokens / this.#rate) * 1000 - (now - this.#at));
  }

  isFull(now: number): boolean {
    return this.#tokens + ((now - this.#at) / 1000) * this.#rate >= this.#burst;
  }
}
