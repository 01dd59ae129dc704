import type { Room, Rooms } from '#server/policies/body-limits.ts';
import { addressKey } from './address-key.ts';
import { tooMany } from './too-many.ts';

/** One body under way. */
export interface Body {
  /** Counts bytes that are in memory now. Throws RATE_LIMITED when there is no room for them. */
  add(bytes: number): void;
  /** All of the body has come: its request is answered now, and its room is taken from nobody. */
  arrived(): void;
  /** The body is out of memory. */
  leave(): void;
  /** Aborted, with the refusal as its reason, when the body has to make way for others. */
  readonly evicted: AbortSignal;
}

/** Who pays: a person with their organisation, or else an address. */
interface Payer {
  readonly person?: string | null;
  readonly organisation?: string | null;
  readonly address?: string | null;
}

interface Group {
  readonly key: string;
  readonly room: Room;
  /** Among whom the room is shared: when the room is full, whoever has most of it gives. Null: who fills the room is refused. */
  readonly share: string | null;
}

interface Held {
  /** The rooms that the body takes part of, the narrowest first. */
  readonly groups: readonly Group[];
  readonly eviction: AbortController;
  bytes: number;
  isArriving: boolean;
}

/**
 * Bodies of requests that are under way in a process, by who pays for them. A person who fills their own room is refused; in a room that is shared
 * the oldest unfinished body of whoever has most of the room makes way, so that bodies which never end keep nobody out.
 */
export class Bodies {
  readonly #rooms: Rooms;
  /** In the order in which they came. */
  readonly #held = new Set<Held>();
  readonly #used = new Map<string, { count: number; bytes: number }>();

  constructor(rooms: Rooms) {
    this.#rooms = rooms;
  }

  /** Counts one more body until the body leaves. Throws RATE_LIMITED when there is no room. */
  enter(payer: Payer): Body {
    const held: Held = { groups: this.#groupsOf(payer), eviction: new AbortController(), bytes: 0, isArriving: true };
    const { signal } = held.eviction;
    this.#held.add(held);
    this.#change(held, 1, 0);
    this.#makeRoom(held);
    return {
      add: (bytes) => {
        signal.throwIfAborted();
        held.bytes += bytes;
        this.#change(held, 0, bytes);
        this.#makeRoom(held);
      },
      arrived: () => {
        held.isArriving = false;
      },
      leave: () => this.#leave(held),
      evicted: signal,
    };
  }

  /** What is under way in all. */
  get size(): { readonly count: number; readonly bytes: number } {
    return this.#used.get('all') ?? { count: 0, bytes: 0 };
  }

  #groupsOf({ person, organisation, address }: Payer): readonly Group[] {
    const { all, strangers, ...rooms } = this.#rooms;
    if (!person) {
      const key = `address ${addressKey(address ?? '')}`;
      return [
        { key, room: rooms.address, share: key },
        { key: 'strangers', room: strangers, share: key },
        { key: 'all', room: all, share: key },
      ];
    }
    const [own, theirs] = [`person ${person}`, `organisation ${organisation ?? person}`];
    return [
      { key: own, room: rooms.person, share: null },
      { key: theirs, room: rooms.organisation, share: own },
      { key: 'all', room: all, share: theirs },
    ];
  }

  #change({ groups }: Held, count: number, bytes: number): void {
    for (const { key } of groups) {
      const used = this.#used.get(key) ?? { count: 0, bytes: 0 };
      used.count += count;
      used.bytes += bytes;
      if (used.count > 0) this.#used.set(key, used);
      else this.#used.delete(key);
    }
  }

  #makeRoom(newest: Held): void {
    for (const group of newest.groups)
      for (let full = this.#fullOf(group); full !== null; full = this.#fullOf(group))
        this.#evict(this.#whoGives(group, full, newest) ?? newest);
    newest.eviction.signal.throwIfAborted();
  }

  #fullOf({ key, room }: Group): 'count' | 'bytes' | null {
    const used = this.#used.get(key);
    if (!used) return null;
    if (used.count > room.count) return 'count';
    return used.bytes > room.bytes ? 'bytes' : null;
  }

  /** The oldest unfinished body of whoever has most of a room; a look at all bodies, of which there are few. */
  #whoGives({ key, share }: Group, what: 'count' | 'bytes', newest: Held): Held | null {
    if (share === null) return null;
    const shares = new Map<string, { used: number; oldest: Held | null }>();
    for (const held of this.#held) {
      const theirs = held.groups.find((group) => group.key === key)?.share;
      if (theirs === undefined || theirs === null) continue;
      const sum = shares.get(theirs) ?? { used: 0, oldest: null };
      sum.used += what === 'count' ? 1 : held.bytes;
      if (held.isArriving && held !== newest) sum.oldest ??= held;
      shares.set(theirs, sum);
    }
    let most = shares.get(share) ?? { used: 0, oldest: null };
    for (const sum of shares.values()) if (sum.oldest && sum.used > most.used) most = sum;
    return most.oldest;
  }

  #evict(held: Held): void {
    this.#leave(held);
    held.eviction.abort(tooMany({ what: 'Too much is being sent to us at once' }, 2_000));
  }

  #leave(held: Held): void {
    if (this.#held.delete(held)) this.#change(held, -1, -held.bytes);
  }
}
