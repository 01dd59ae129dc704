import { withOrg, type Database } from '#server/db/database.ts';
import { listEventsAfter } from '#server/db/queries/events.ts';
import { coalesce } from '#server/limits/coalesce.ts';

export type EventRow = Awaited<ReturnType<typeof listEventsAfter>>[number];

/** Events that are read at once. */
const AT_ONCE = 500;

/** The newest events of the organisations that somebody follows: read once a wake, whatever the number of followers. */
export interface Tails {
  /** Follows an organisation until `end`. */
  follow(orgId: string): Tail;
}

export interface Tail {
  /** Events behind `sequence`, 500 at the most: all that were committed before the call, or the first of them. */
  after(sequence: number): Promise<readonly EventRow[]>;
  end(): void;
}

interface Shared {
  followers: number;
  /** Without a gap; what is older is dropped. */
  recent: EventRow[];
  /** Behind which event `recent` begins; null before the first read. */
  begin: number | null;
  readonly advance: (from: number) => Promise<void>;
}

export function createTails(db: Database): Tails {
  const shared = new Map<string, Shared>();

  function open(orgId: string): Shared {
    let from = 0;
    const read = coalesce(async () => {
      tail.begin ??= from;
      const last = tail.recent.at(-1)?.sequence ?? tail.begin;
      const rows = await withOrg(db, orgId, (tx) => listEventsAfter(tx, orgId, last, AT_ONCE));
      const recent = [...tail.recent, ...rows];
      const kept = recent.slice(-AT_ONCE);
      tail.begin = recent.at(-AT_ONCE - 1)?.sequence ?? tail.begin;
      tail.recent = kept;
    });
    const tail: Shared = {
      followers: 0,
      recent: [],
      begin: null,
      advance: (since) => {
        from = since;
        return read();
      },
    };
    return tail;
  }

  return {
    follow: (orgId) => {
      const tail = shared.get(orgId) ?? open(orgId);
      shared.set(orgId, tail);
      tail.followers += 1;
      let isEnded = false;
      return {
        after: async (sequence) => {
          await tail.advance(sequence);
          // Whoever comes back after a long time reads for themselves until they have caught up.
          if (tail.begin === null || sequence < tail.begin)
            return withOrg(db, orgId, (tx) => listEventsAfter(tx, orgId, sequence, AT_ONCE));
          return tail.recent.filter((event) => event.sequence > sequence);
        },
        end: () => {
          if (isEnded) return;
          isEnded = true;
          tail.followers -= 1;
          if (tail.followers === 0 && shared.get(orgId) === tail) shared.delete(orgId);
        },
      };
    },
  };
}
