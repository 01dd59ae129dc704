import type { OrgId } from '#core/requests/ids.ts';
/** How many jobs with a flag of a kind run at once in one pool: `org:…` and `long` are kinds and flags of jobs. */
export interface TurnLimits {
  /** Of one organisation. */
  readonly ofOne: number;
  /** Of those that take long, of all organisations; of one organisation a single one. */
  readonly long?: number;
  /** Jobs that one organisation gets before the others have had their turn. */
  readonly aRound: number;
}

export const flagsOf = (orgId: OrgId, isLong: boolean): string[] => [
  `org:${orgId}`,
  ...(isLong ? ['long', `long:${orgId}`] : ['short']),
];

/** Short jobs go first; after so many in a row a long one has its turn, if one waits and may run. */
const MOST_SHORT_IN_A_ROW = 8;

/**
 * Which jobs a pool must not take next. No organisation holds all slots, and none gets more than a round's jobs while
 * another's wait: a round is over when nothing else is found.
 */
export class FairTurns {
  readonly #limits: TurnLimits;
  readonly #running = new Map<string, number>();
  readonly #served = new Map<string, number>();
  #shortInARow = 0;
  #turn: Promise<void> = Promise.resolve();
  #pass: (() => void) | null = null;

  constructor(limits: TurnLimits) {
    this.#limits = limits;
  }

  /**
   * Waits until no other look for a job is under way, so that two do not count the same free slot. Ends with `found`.
   */
  async look(): Promise<string[]> {
    const before = this.#turn;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#turn = promise;
    await before;
    this.#pass = resolve;
    return this.forbidden();
  }

  forbidden(): string[] {
    const full = [...this.#running].flatMap(([flag, count]) => (count >= this.#mostOf(flag) ? [flag] : []));
    const served = [...this.#served].flatMap(([flag, count]) => (count >= this.#limits.aRound ? [flag] : []));
    return [...new Set([...full, ...served, ...(this.#isLongsTurn() ? ['short'] : [])])];
  }

  /**
   * A look has ended. True when it found nothing because of whose turn it was: that turn is over then, and it pays to
   * look again.
   */
  found(flags: readonly string[] | null): boolean {
    this.#pass?.();
    this.#pass = null;
    if (flags === null) {
      if (this.#isLongsTurn()) {
        this.#shortInARow = 0;
        return true;
      }
      const wasOver = [...this.#served.values()].some((count) => count >= this.#limits.aRound);
      this.#served.clear();
      return wasOver;
    }
    if (flags.includes('long')) this.#shortInARow = 0;
    else if (flags.includes('short')) this.#shortInARow += 1;
    for (const flag of flags) {
      this.#running.set(flag, (this.#running.get(flag) ?? 0) + 1);
      if (flag.startsWith('org:')) this.#served.set(flag, (this.#served.get(flag) ?? 0) + 1);
    }
    return false;
  }

  ended(flags: readonly string[]): void {
    for (const flag of flags) {
      const left = (this.#running.get(flag) ?? 1) - 1;
      if (left > 0) this.#running.set(flag, left);
      else this.#running.delete(flag);
    }
  }

  #isLongsTurn(): boolean {
    return this.#limits.long !== undefined && this.#shortInARow >= MOST_SHORT_IN_A_ROW;
  }

  #mostOf(flag: string): number {
    if (flag === 'short') return Number.POSITIVE_INFINITY;
    if (flag === 'long') return this.#limits.long ?? Number.POSITIVE_INFINITY;
    return flag.startsWith('long:') ? 1 : this.#limits.ofOne;
  }
}
