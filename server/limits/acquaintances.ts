/** Who pays, of somebody who is signed in. */
export interface Acquaintance {
  readonly person: string;
  readonly organisation: string;
}

const MOST = 20_000;
const LASTS_MS = 15 * 60_000;

/**
 * Whom sessions have let in lately, by the hash of the session's token. Says who pays for a request before anybody looks up who sends the request, and
 * nothing of rights: a session that has ended meanwhile still pays for what comes with its cookie.
 */
export class Acquaintances {
  private readonly known = new Map<string, Acquaintance & { readonly until: number }>();

  meet(session: string, { person, organisation }: Acquaintance, now: number): void {
    // Behind all others: the first of the map is the one that was met longest ago.
    this.known.delete(session);
    this.known.set(session, { person, organisation, until: now + LASTS_MS });
    const [first] = this.known.keys();
    if (this.known.size > MOST && first !== undefined) this.known.delete(first);
  }

  of(session: string, now: number): Acquaintance | null {
    const found = this.known.get(session);
    if (!found) return null;
    if (found.until >= now) return { person: found.person, organisation: found.organisation };
    this.known.delete(session);
    return null;
  }
}
