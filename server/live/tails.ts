import type { OrgId, UserId } from '#core/requests/ids.ts';
import type { TransientEvent } from './event.ts';
import type { Follower } from './follower.ts';
import { Tail, type EventSource } from './tail.ts';

/** The tails of the organisations that somebody follows in this process. */
export interface Tails {
  follow(orgId: OrgId, userId: UserId, since: number | null): Follower;
  unfollow(follower: Follower): void;
  /** The organisation's event `sequence` is committed, and with it all before it. */
  announce(orgId: OrgId, sequence: number): void;
  tell(orgId: OrgId, event: TransientEvent): void;
  /** The rights of a person may have changed; null: anybody's rights. */
  lookAt(userId: UserId | null): void;
  /** Announcements may have been missed. */
  readOn(): void;
  /** The last event that is known of each organisation that is followed. */
  known(): ReadonlyMap<OrgId, number>;
  /**
   * Compares what was known with the last sequences that the database had given out then, or a little later, and reads
   * what is missing. True when an event that the comparison before found has not been announced since.
   */
  compare(known: ReadonlyMap<OrgId, number>, stored: ReadonlyMap<OrgId, number>): boolean;
}

interface Following {
  readonly orgId: OrgId;
  readonly userId: UserId;
}

interface Open {
  readonly tail: Tail;
  readonly ended: AbortController;
  /** Up to which event no announcement is waited for; null: up to what the next comparison finds. */
  excused: number | null;
  /** What the comparison before found that had not been announced. */
  unheard: number | null;
}

/** `sourceOf` gives an organisation's events, until the signal is aborted. */
export function createTails(sourceOf: (orgId: OrgId, isEnded: AbortSignal) => EventSource): Tails {
  const open = new Map<OrgId, Open>();
  const following = new Map<Follower, Following>();
  const ofUser = new Map<UserId, Set<Follower>>();

  function begin(orgId: OrgId): Open {
    const ended = new AbortController();
    const begun: Open = { tail: new Tail(sourceOf(orgId, ended.signal)), ended, excused: null, unheard: null };
    open.set(orgId, begun);
    return begun;
  }

  function compareOne(one: Open, known: number, stored: number): boolean {
    const { tail } = one;
    if (stored > known) tail.readOn();
    if (stored < known) tail.forget();
    const heard = Math.max(tail.announced, one.excused ?? stored);
    const isUnheard = one.unheard !== null && heard < one.unheard;
    one.excused = isUnheard ? stored : (one.excused ?? stored);
    one.unheard = !isUnheard && stored > heard ? stored : null;
    return isUnheard;
  }

  return {
    follow: (orgId, userId, since) => {
      const follower = (open.get(orgId) ?? begin(orgId)).tail.add(since);
      following.set(follower, { orgId, userId });
      ofUser.set(userId, (ofUser.get(userId) ?? new Set()).add(follower));
      return follower;
    },
    unfollow: (follower) => {
      const known = following.get(follower);
      if (!known) return;
      following.delete(follower);
      const others = ofUser.get(known.userId);
      others?.delete(follower);
      if (others?.size === 0) ofUser.delete(known.userId);
      const left = open.get(known.orgId);
      left?.tail.remove(follower);
      if (left?.tail.size !== 0) return;
      open.delete(known.orgId);
      left.ended.abort();
    },
    announce: (orgId, sequence) => open.get(orgId)?.tail.announce(sequence),
    tell: (orgId, event) => open.get(orgId)?.tail.tell(event),
    lookAt: (userId) => {
      const meant = userId === null ? following.keys() : (ofUser.get(userId) ?? []);
      for (const follower of meant) follower.look();
    },
    readOn: () => {
      for (const one of open.values()) {
        [one.excused, one.unheard] = [null, null];
        one.tail.readOn();
      }
    },
    known: () =>
      new Map(
        [...open].flatMap(
          ([
            orgId,
            {
              tail: { last },
            },
          ]) => (last === null ? [] : [[orgId, last]]),
        ),
      ),
    compare: (known, stored) =>
      [...known]
        .map(([orgId, last]) => {
          const one = open.get(orgId);
          return one !== undefined && compareOne(one, last, stored.get(orgId) ?? 0);
        })
        .some((isUnheard) => isUnheard),
  };
}
