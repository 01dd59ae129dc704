import { SLOWEST_BODY, type Room, type Rooms } from '#server/policies/body-limits.ts';
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
  /**
   * Among whom the room is shared: when the room is full, whoever has most of it gives. Null: who fills the room is
   * refused.
   */
  readonly share: string | null;
}

/** So many bodies at once are not more than one. */
const FEW = 2;
/** Before a body is slow. */
const SLOW_AFTER_MS = 2_000;

interface Held {
  /** The rooms that the body takes part of, the narrowest first. */
  readonly groups: readonly Group[];
  readonly eviction: AbortController;
  /** When the body entered, in milliseconds. */
  readonly since: number;
  bytes: number;
  isArriving: boolean;
}

/** Bytes a second; a body that has just begun counts as a second old. */
const rateOf = ({ bytes, since }: Held, now: number): number => (bytes * 1000) / Math.max(1000, now - since);

/**
 * Bodies of requests that are under way in a process, by who pays for them. A person who fills their own room is
 * refused; in a room that is shared an unfinished body makes way that hardly comes, or else the slowest of whoever has
 * most of the room, so that bodies which never end keep nobody out.
 */
export class Bodies {
  readonly #rooms: Rooms;
  /** In the order in which they came. */
  readonly #held = new Set<Held>();
  readonly #used = new Map<string, { count: number; bytes: number }>();

  readonly #now: () => number;

  constructor(rooms: Rooms, now = () => performance.now()) {
    this.#rooms = rooms;
    this.#now = now;
  }

  /** Counts one more body until the body leaves. Throws RATE_LIMITED when there is no room. */
  enter(payer: Payer): Body {
    const held: Held = {
      groups: this.#groupsOf(payer),
      eviction: new AbortController(),
      since: this.#now(),
      bytes: 0,
      isArriving: true,
    };
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

  /**
   * Who makes way in a room that is shared; null when only the newest can. Where places are few: bodies that hardly
   * come, whoever has them. Else bodies of whoever has most, and no less than the newest's. Among those the slowest,
   * and among the slowest the oldest. A look at all bodies, of which there are few.
   */
  #whoGives({ key, share }: Group, what: 'count' | 'bytes', newest: Held): Held | null {
    if (share === null) return null;
    const now = this.#now();
    const shares = new Map<string, number>();
    const unfinished: { held: Held; share: string; rate: number }[] = [];
    for (const held of this.#held) {
      const theirs = held.groups.find((group) => group.key === key)?.share;
      if (theirs === undefined || theirs === null) continue;
      shares.set(theirs, (shares.get(theirs) ?? 0) + (what === 'count' ? 1 : held.bytes));
      if (held.isArriving && held !== newest) unfinished.push({ held, share: theirs, rate: rateOf(held, now) });
    }
    const few = what === 'count' ? FEW : 0;
    const has = (of: string): number => Math.max(few, shares.get(of) ?? 0);
    const slow = unfinished.filter(({ held, rate }) => now - held.since >= SLOW_AFTER_MS && rate < SLOWEST_BODY.rate);
    const isPlace = what === 'count' && slow.length > 0;
    let gives: (typeof unfinished)[number] | null = null;
    for (const body of isPlace ? slow : unfinished) {
      if (!isPlace && has(body.share) < has(share)) continue;
      const more = gives ? has(body.share) - has(gives.share) : 1;
      if (!gives || more > 0 || (more === 0 && body.rate < gives.rate)) gives = body;
    }
    return gives?.held ?? null;
  }

  #evict(held: Held): void {
    this.#leave(held);
    held.eviction.abort(tooMany({ what: 'Too much is being sent to us at once' }, 2_000));
  }

  #leave(held: Held): void {
    if (this.#held.delete(held)) this.#change(held, -1, -held.bytes);
  }
}
