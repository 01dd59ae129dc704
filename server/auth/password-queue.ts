import { AppError } from '#server/errors.ts';

interface Bounds {
  readonly atOnce: number;
  /** In all, of one share, and for one account. */
  readonly waiting: number;
  readonly waitingPerShare: number;
  readonly waitingPerAccount: number;
  readonly longestWaitMs: number;
}

/** For whom work is done: the address or device that asks, and the account that it is about. */
export interface Turn {
  readonly share: string;
  readonly account: string;
}

interface Waiting extends Turn {
  readonly begin: () => void;
  readonly refuse: () => void;
}

/** What a share has used is halved in this time. */
const HALF_LIFE_MS = 5_000;
const MOST_SHARES = 10_000;

/**
 * Does a little at once; the share that has used least goes next. So whoever sends much waits for itself: somebody who
 * comes now and then is at most one piece of work behind. When all places are taken, the last of the share that asks
 * for most gives way.
 */
export class PasswordQueue {
  readonly #bounds: Bounds;
  readonly #clock: () => number;
  #running = 0;
  readonly #waiting: Waiting[] = [];
  readonly #usage = new Map<string, { amount: number; at: number }>();

  constructor(bounds: Bounds, clock: () => number = () => performance.now()) {
    this.#bounds = bounds;
    this.#clock = clock;
  }

  /** Throws RATE_LIMITED when there is no place, or none became free in time. */
  async run<T>(turn: Turn, work: () => Promise<T>): Promise<T> {
    await this.#enter(turn);
    this.#charge(turn.share);
    try {
      return await work();
    } finally {
      this.#running -= 1;
      this.#next();
    }
  }

  #enter(turn: Turn): Promise<void> {
    if (this.#running < this.#bounds.atOnce) {
      this.#running += 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const refuse = (): void => {
        clearTimeout(timer);
        this.#remove(entry);
        reject(
          new AppError('RATE_LIMITED', 'Too many people are signing in at this moment. Try again in a few seconds.'),
        );
      };
      const timer = setTimeout(refuse, this.#bounds.longestWaitMs);
      const begin = (): void => {
        clearTimeout(timer);
        resolve();
      };
      const entry: Waiting = { ...turn, begin, refuse };
      if (this.#hasPlace(turn)) this.#waiting.push(entry);
      else refuse();
    });
  }

  #hasPlace({ share, account }: Turn): boolean {
    const { waiting, waitingPerShare, waitingPerAccount } = this.#bounds;
    if (this.#waiting.filter((entry) => entry.share === share).length >= waitingPerShare) return false;
    if (this.#waiting.filter((entry) => entry.share === share && entry.account === account).length >= waitingPerAccount)
      return false;
    if (this.#waiting.length < waiting) return true;
    const greediest = this.#waiting.reduce((most, entry) =>
      this.#claim(entry.share) >= this.#claim(most.share) ? entry : most,
    );
    if (this.#claim(greediest.share) <= this.#claim(share)) return false;
    greediest.refuse();
    return true;
  }

  /** What a share has used and asks for. */
  #claim(share: string): number {
    return this.#used(share) + this.#waiting.filter((entry) => entry.share === share).length;
  }

  #next(): void {
    const [first] = this.#waiting;
    if (!first || this.#running >= this.#bounds.atOnce) return;
    const entry = this.#waiting.reduce(
      (least, candidate) => (this.#used(candidate.share) < this.#used(least.share) ? candidate : least),
      first,
    );
    this.#remove(entry);
    this.#running += 1;
    entry.begin();
  }

  #remove(entry: Waiting): void {
    const index = this.#waiting.indexOf(entry);
    if (index >= 0) this.#waiting.splice(index, 1);
  }

  #used(share: string): number {
    const usage = this.#usage.get(share);
    return usage ? usage.amount * 2 ** ((usage.at - this.#clock()) / HALF_LIFE_MS) : 0;
  }

  #charge(share: string): void {
    const amount = this.#used(share) + 1;
    this.#usage.delete(share);
    this.#usage.set(share, { amount, at: this.#clock() });
    // The share that was charged longest ago has used least by now.
    const [oldest] = this.#usage.keys();
    if (this.#usage.size > MOST_SHARES && oldest !== undefined) this.#usage.delete(oldest);
  }
}
