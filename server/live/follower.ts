import type { StoredEvent, TransientEvent } from './event.ts';

/** An event as it is stored. */
export interface EventRow {
  readonly sequence: number;
  readonly kind: string;
  readonly payload: unknown;
}

/** Where a follower's events come from: what all followers of an organisation share. */
export interface Events {
  /** The last event that is known; null before anything was read. */
  readonly last: number | null;
  /** Events behind `sequence`, from memory; null when `sequence` is older than what is kept there. */
  kept(sequence: number): readonly EventRow[] | null;
  /** The same from the database, the first of them. */
  stored(sequence: number): Promise<readonly EventRow[]>;
  /** Reads the newest events, where nothing was read yet. */
  open(): Promise<void>;
  /** Reads what is new, whether or not it was announced. */
  readOn(): Promise<void>;
}

/** One thing that a follower is told. */
export type Told =
  | { readonly type: 'stored'; readonly sequence: number; readonly event: StoredEvent }
  | { readonly type: 'transient'; readonly key: string; readonly event: TransientEvent }
  /**
   * Events behind which the follower was are no longer stored, or never were here: the follower goes on behind
   * `sequence`.
   */
  | { readonly type: 'missed'; readonly sequence: number };

interface Transient {
  readonly event: TransientEvent;
  /** The last event that was announced before it. */
  readonly behind: number;
}

/** Of how many things a follower is told the progress; whoever reads more slowly misses the oldest. */
const MOST_TRANSIENT = 100;

/**
 * One subscription. It keeps no events of its own, only how far it is: what is new stands in memory once for all
 * followers, and whoever falls behind that reads from the database.
 */
export class Follower {
  readonly #events: Events;
  #last: number | null;
  readonly #transient = new Map<string, Transient>();
  #failure: { readonly error: unknown } | null = null;
  #isAwake = true;
  #wake: (() => void) | null = null;
  #mustLook = true;

  /** Behind the event `since`; for null, from now on. */
  constructor(events: Events, since: number | null) {
    this.#events = events;
    this.#last = since;
  }

  /** The last event that was taken; 0 before the first read. */
  get last(): number {
    return this.#last ?? 0;
  }

  /** Whether the rights of whoever follows may have changed since `next` was answered last. */
  get mustLook(): boolean {
    return this.#mustLook;
  }

  wake(): void {
    this.#isAwake = true;
    this.#wake?.();
  }

  look(): void {
    this.#mustLook = true;
    this.wake();
  }

  fail(error: unknown): void {
    this.#failure = { error };
    this.wake();
  }

  /** Progress of one thing takes the place of its earlier progress. */
  tell(event: TransientEvent, behind: number): void {
    const key = keyOf(event);
    this.#transient.delete(key);
    this.#transient.set(key, { event, behind });
    const [oldest] = this.#transient.keys();
    if (this.#transient.size > MOST_TRANSIENT && oldest !== undefined) this.#transient.delete(oldest);
    this.wake();
  }

  /**
   * What is new, in order, as soon as there is any; nothing when rights must be looked at again, at `until`, and when
   * `signal` is aborted.
   */
  async next(signal: AbortSignal, until?: Date): Promise<readonly Told[]> {
    while (!signal.aborted) {
      this.#isAwake = false;
      if (this.#failure) throw this.#failure.error;
      const told = await unlessAborted(this.#news(), signal);
      if (told === null) return [];
      if (told.length > 0 || this.#mustLook) {
        this.#mustLook = false;
        return told;
      }
      if (this.#isAsleep() && (await this.#sleep(signal, until)) === 'late') return [];
    }
    return [];
  }

  #isAsleep(): boolean {
    return !this.#isAwake;
  }

  /** Called for each of the news in turn: what was not taken is told again. */
  took(told: Told): void {
    if (told.type !== 'transient') this.#last = told.sequence;
    else if (this.#transient.get(told.key)?.event === told.event) this.#transient.delete(told.key);
  }

  async #news(): Promise<readonly Told[]> {
    const last = await this.#position();
    const rows = this.#events.kept(last) ?? (await this.#events.stored(last));
    const now = this.#events.last ?? last;
    // All that was behind it has been pruned; or the database is an older one than the one that gave the sequence.
    const isGone = rows.length === 0 && last !== now;
    const stored = isGone ? [missed(now)] : withGaps(rows, last);
    return withTransient(stored, last, this.#transient);
  }

  async #position(): Promise<number> {
    if (this.#events.last === null) await this.#events.open();
    // Another process may have told of it before this one has heard.
    if ((this.#last ?? 0) > (this.#events.last ?? 0)) await this.#events.readOn();
    this.#last ??= this.#events.last ?? 0;
    return this.#last;
  }

  #sleep(signal: AbortSignal, until: Date | undefined): Promise<'woken' | 'late'> {
    return new Promise((resolve) => {
      const end = (how: 'woken' | 'late'): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', woken);
        this.#wake = null;
        resolve(how);
      };
      const woken = (): void => end('woken');
      const timer = until && setTimeout(() => end('late'), timeUntil(until)).unref();
      signal.addEventListener('abort', woken, { once: true });
      this.#wake = woken;
    });
  }
}

/** Null at once when `signal` is aborted: the database may be long in coming. */
function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T | null> {
  return new Promise((resolve, reject) => {
    const leave = (): void => resolve(null);
    signal.addEventListener('abort', leave, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}

const missed = (sequence: number): Told => ({ type: 'missed', sequence });

/** Sequences are given out without a gap: where there is one, events were pruned before the follower had them. */
function withGaps(rows: readonly EventRow[], last: number): readonly Told[] {
  let before = last;
  return rows.flatMap(({ sequence, kind, payload }): Told[] => {
    const isGap = sequence !== before + 1;
    before = sequence;
    const told: Told = { type: 'stored', sequence, event: { kind, payload } as StoredEvent };
    return isGap ? [missed(sequence - 1), told] : [told];
  });
}

/**
 * Each transient event behind the stored events that were announced before it; what is announced and not here yet comes
 * first.
 */
function withTransient(
  stored: readonly Told[],
  last: number,
  transient: ReadonlyMap<string, Transient>,
): readonly Told[] {
  if (transient.size === 0) return stored;
  const waiting = [...transient].map(([key, { event, behind }]) => ({ key, event, behind }));
  const upTo = (from: number, to: number): Told[] =>
    waiting
      .filter(({ behind }) => behind > from && behind <= to)
      .map(({ key, event }) => ({ type: 'transient', key, event }));
  let at = last;
  const between = stored.flatMap((told) => {
    if (told.type === 'transient') return [told];
    const before = at;
    at = told.sequence;
    return [told, ...upTo(before, at)];
  });
  return [...upTo(-1, last), ...between];
}

function keyOf({ kind, payload }: TransientEvent): string {
  const id = 'backtestId' in payload ? payload.backtestId : 'sweepId' in payload ? payload.sweepId : payload.importId;
  return `${kind} ${id}`;
}

/**
 * A timer takes 31 bits of milliseconds. A moment later, a session that ends then has ended for certain; one that goes
 * on waits again.
 */
const timeUntil = (time: Date): number => Math.min(2 ** 31 - 1, Math.max(1_000, time.getTime() - Date.now() + 50));
