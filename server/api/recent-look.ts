import type { Person } from '#server/policies/principal.ts';

/** For how long a look holds. What takes longer pays for another look, which is little beside what it took. */
const HOLDS_MS = 250;

interface Look {
  readonly found: Promise<Person | null>;
  /** Of access, when the look began. */
  readonly changes: number;
  /** Infinity until the look has ended. */
  until: number;
}

interface Looks {
  /** Grows whenever anybody's access may have changed. */
  changes(): number;
  first(): Promise<Person | null>;
  again(known: Person): Promise<Person | null>;
}

/**
 * Who asks, as of a moment ago: a look is shared by all who ask soon after it, and made again behind everything that
 * waits (a body, a turn, a connection to the database), since meanwhile the session may have ended and the role may be
 * another.
 */
export function createRecentLook({ changes, first, again }: Looks): {
  /** From the last look, while that holds. */
  recent(): Promise<Person | null>;
  /** Always by a new look. */
  anew(): Promise<Person | null>;
} {
  let last: Look | null = null;

  function anew(): Promise<Person | null> {
    const before = last;
    const found = (async () => {
      if (before === null) return first();
      const known = await before.found;
      return known && again(known);
    })();
    const look: Look = { found, changes: changes(), until: Infinity };
    last = look;
    found.then(
      () => {
        look.until = performance.now() + HOLDS_MS;
      },
      () => {
        // A database that was away for a moment is asked again.
        if (last === look) last = null;
      },
    );
    return found;
  }

  return {
    recent: () => (last && last.changes === changes() && performance.now() < last.until ? last.found : anew()),
    anew,
  };
}
