import type { ConnectionRoom } from '#server/policies/connection-limits.ts';

/** One connection that is counted. */
export interface HeldConnection {
  /** Whether the connection waits for the other side, and may make way for another. */
  waits(isWaiting: boolean): void;
  /** The connection is a websocket from now on, which makes way for nobody. False when there are too many. */
  upgrade(): boolean;
  /** The connection has ended. */
  leave(): void;
}

interface Held {
  readonly group: Group;
  readonly makeWay: () => void;
}

/** The connections of one address. */
interface Group {
  readonly key: string;
  /** The address is a proxy's, and says nothing of who is behind the proxy. */
  readonly isProxy: boolean;
  /** All but websockets. */
  count: number;
  /** The count under which the group is found; 0 while none of its connections waits. */
  rank: number;
  /** Whoever has waited longest comes first. */
  readonly waiting: Set<Held>;
}

/**
 * The connections of a process, by address. Where there are too many, the one that has waited longest for its other
 * side makes way: one of the same address where that has too many, else one of whoever has most. What is being answered
 * makes way for nobody; the newest is refused where nothing waits. Every step looks at few groups, however many
 * connections come.
 */
export class Connections {
  readonly #room: ConnectionRoom;
  readonly #groups = new Map<string, Group>();
  /** Groups with connections that wait, by how many connections they have. */
  readonly #ranks = new Map<number, Set<Group>>();
  #all = 0;
  #upgraded = 0;

  constructor(room: ConnectionRoom) {
    this.#room = room;
  }

  get size(): { readonly all: number; readonly upgraded: number } {
    return { all: this.#all, upgraded: this.#upgraded };
  }

  /**
   * Counts one more connection, which waits at first. Null when there is no room; `makeWay` is called when the
   * connection has to end for another.
   */
  enter(key: string, isProxy: boolean, makeWay: () => void): HeldConnection | null {
    const group = this.#groups.get(key) ?? { key, isProxy, count: 0, rank: 0, waiting: new Set() };
    this.#groups.set(key, group);
    let [isIn, isUpgraded] = [true, false];
    const leave = (): void => {
      if (!isIn) return;
      isIn = false;
      this.#all -= 1;
      if (isUpgraded) this.#upgraded -= 1;
      else this.#leaveGroup(held);
    };
    const held: Held = {
      group,
      makeWay: () => {
        leave();
        makeWay();
      },
    };
    this.#all += 1;
    group.count += 1;
    this.#wait(held, true);
    for (let gives = this.#whoGives(group); gives; gives = this.#whoGives(group)) {
      if (gives === held) {
        leave();
        return null;
      }
      gives.makeWay();
    }
    return {
      waits: (isWaiting) => {
        if (isIn && !isUpgraded) this.#wait(held, isWaiting);
      },
      upgrade: () => {
        if (!isIn || this.#upgraded >= this.#room.upgraded) return false;
        isUpgraded = true;
        this.#upgraded += 1;
        this.#leaveGroup(held);
        return true;
      },
      leave,
    };
  }

  /** Null where there is room. The newest connection waits too, so that there is always somebody. */
  #whoGives(newest: Group): Held | null {
    if (!newest.isProxy && newest.count > this.#room.perAddress) return first(newest.waiting);
    if (this.#all <= this.#room.all) return null;
    const most = first(this.#ranks.get(Math.max(...this.#ranks.keys())));
    return most && first(most.waiting);
  }

  #wait(held: Held, isWaiting: boolean): void {
    const { waiting } = held.group;
    if (waiting.has(held) === isWaiting) return;
    if (isWaiting) waiting.add(held);
    else waiting.delete(held);
    this.#rank(held.group);
  }

  #leaveGroup(held: Held): void {
    const { group } = held;
    group.waiting.delete(held);
    group.count -= 1;
    if (group.count === 0) this.#groups.delete(group.key);
    this.#rank(group);
  }

  #rank(group: Group): void {
    const rank = group.waiting.size > 0 ? group.count : 0;
    if (rank === group.rank) return;
    const [before, after] = [this.#ranks.get(group.rank), this.#ranks.get(rank) ?? new Set<Group>()];
    before?.delete(group);
    if (before?.size === 0) this.#ranks.delete(group.rank);
    group.rank = rank;
    if (rank > 0) this.#ranks.set(rank, after.add(group));
  }
}

const first = <T>(set: ReadonlySet<T> | undefined): T | null => set?.values().next().value ?? null;
