/** Who pays, of somebody who is signed in. */
export interface Acquaintance {
  readonly person: string;
  readonly organisation: string;
}

const MOST = 20_000;
const LASTS_MS = 15 * 60_000;

/**
 * Whom sessions have let in lately, by the hash of the session's token. Says who pays for a request before anybody
 * looks up who sends the request, and nothing of rights. Whoever's access has changed is forgotten: somebody who was
 * removed must not use up what their former organisation may ask.
 */
export class Acquaintances {
  readonly #known = new Map<string, Acquaintance & { readonly until: number }>();

  meet(session: string, { person, organisation }: Acquaintance, now: number): void {
    // Behind all others: the first session of the map was met longest ago.
    this.#known.delete(session);
    this.#known.set(session, { person, organisation, until: now + LASTS_MS });
    const [first] = this.#known.keys();
    if (this.#known.size > MOST && first !== undefined) this.#known.delete(first);
  }

  /** This session has ended. */
  forget(session: string): void {
    this.#known.delete(session);
  }

  /** All sessions of a person; of everybody for null. */
  forgetPerson(person: string | null): void {
    for (const [session, known] of this.#known)
      if (person === null || known.person === person) this.#known.delete(session);
  }

  of(session: string, now: number): Acquaintance | null {
    const found = this.#known.get(session);
    if (!found) return null;
    if (found.until >= now) return { person: found.person, organisation: found.organisation };
    this.#known.delete(session);
    return null;
  }
}
