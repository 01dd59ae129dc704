import { coalesce } from '#server/limits/coalesce.ts';
import type { TransientEvent } from './event.ts';
import { Follower, type EventRow, type Events } from './follower.ts';

/** Events that are kept in memory, and read at once. */
export const KEPT = 500;

/**
 * Reads an organisation's events. Tries again by itself while the database is away, and gives null when nobody follows
 * any more.
 */
export interface EventSource {
  /** The first events behind `sequence`, in order. */
  after(sequence: number, limit: number): Promise<readonly EventRow[] | null>;
  /** The last sequence that was given out, and the last events up to it. */
  newest(limit: number): Promise<{ readonly last: number; readonly rows: readonly EventRow[] } | null>;
}

/** The newest events of one organisation: read once, whatever the number of followers. */
export class Tail {
  readonly #source: EventSource;
  readonly #followers = new Set<Follower>();
  readonly #events: Events;
  /** Of the last events; older ones are dropped. */
  #kept: readonly EventRow[] = [];
  /** Behind which event `#kept` begins. */
  #begin = 0;
  #last: number | null = null;
  #announced = 0;
  /** Whether there may be more than was announced. */
  #isInDoubt = false;
  readonly #readOn: () => Promise<void>;

  constructor(source: EventSource) {
    this.#source = source;
    this.#readOn = coalesce(() => this.#read());
    const lastOf = (): number | null => this.#last;
    this.#events = {
      get last() {
        return lastOf();
      },
      kept: (sequence) => this.#behind(sequence),
      stored: async (sequence) => (await source.after(sequence, KEPT)) ?? [],
      open: () => this.#readOn(),
      readOn: () => this.#readInDoubt(),
    };
  }

  get size(): number {
    return this.#followers.size;
  }

  /** The last event that is known; null before anything was read. */
  get last(): number | null {
    return this.#last;
  }

  /** The last event of which an announcement was heard. */
  get announced(): number {
    return this.#announced;
  }

  add(since: number | null): Follower {
    const follower = new Follower(this.#events, since);
    this.#followers.add(follower);
    return follower;
  }

  remove(follower: Follower): void {
    this.#followers.delete(follower);
  }

  /** The event `sequence` is committed, and with it all before it. What was read already is not read again. */
  announce(sequence: number): void {
    this.#announced = sequence;
    this.#failFollowers(this.#readOn());
  }

  tell(event: TransientEvent): void {
    for (const follower of this.#followers) follower.tell(event, this.#announced);
  }

  /** Reads what is new, whether or not it was announced. */
  readOn(): void {
    this.#failFollowers(this.#readInDoubt());
  }

  /** Announcements may have been missed: of rights, too. */
  lookAgain(): void {
    for (const follower of this.#followers) follower.look();
    this.readOn();
  }

  /** The database is an older one than it was, as after a restored backup: nothing that is in memory holds. */
  forget(): void {
    this.#kept = [];
    this.#last = null;
    this.#announced = 0;
    this.lookAgain();
  }

  #readInDoubt(): Promise<void> {
    this.#isInDoubt = true;
    return this.#readOn();
  }

  #failFollowers(reading: Promise<void>): void {
    reading.catch((error: unknown) => {
      for (const follower of this.#followers) follower.fail(error);
    });
  }

  #behind(sequence: number): readonly EventRow[] | null {
    if (sequence < this.#begin) return null;
    // Most followers are near the end.
    return this.#kept.slice(this.#kept.findLastIndex((row) => row.sequence <= sequence) + 1);
  }

  async #read(): Promise<void> {
    if (this.#last === null) return this.#open();
    // An earlier read has it already.
    if (!this.#isInDoubt && this.#announced <= this.#last) return;
    this.#isInDoubt = false;
    for (let isMore = true; isMore;) {
      const rows = await this.#source.after(this.#last, KEPT);
      if (rows === null || rows.length === 0) return;
      this.#keep(rows);
      isMore = rows.length === KEPT;
    }
  }

  async #open(): Promise<void> {
    this.#isInDoubt = false;
    const newest = await this.#source.newest(KEPT);
    if (newest === null) return;
    this.#kept = newest.rows;
    this.#last = newest.last;
    this.#begin = (newest.rows[0]?.sequence ?? newest.last + 1) - 1;
    for (const follower of this.#followers) follower.wake();
  }

  #keep(rows: readonly EventRow[]): void {
    const all = [...this.#kept, ...rows];
    this.#begin = all.at(-KEPT - 1)?.sequence ?? this.#begin;
    this.#kept = all.slice(-KEPT);
    this.#last = rows.at(-1)?.sequence ?? this.#last;
    for (const follower of this.#followers) follower.wake();
  }
}
