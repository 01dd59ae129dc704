import { authenticate, reauthenticate } from '#server/auth/authenticate.ts';
import { isSecure, readSessionToken } from '#server/auth/cookie.ts';
import { coalesce } from '#server/limits/coalesce.ts';
import type { Person } from '#server/policies/principal.ts';
import type { Runtime } from '#server/runtime.ts';

/** Who the owner of a cookie is now: asked at each call and event, looked up once for all who ask at the same time. */
export interface LookUps {
  of(cookie: string | undefined): Promise<Person | null>;
  /** Who somebody is now whom a cookie let in: the session goes on under a new token when the old one is replaced. */
  again(known: Person): Promise<Person | null>;
}

export function createLookUps({ db, config }: Pick<Runtime, 'db' | 'config'>): LookUps {
  const secure = isSecure(config);
  const bySession = new Map<string, { asking: number; readonly look: () => Promise<Person | null> }>();

  async function together(key: string, look: () => Promise<Person | null>): Promise<Person | null> {
    const entry = bySession.get(key) ?? { asking: 0, look: coalesce(look) };
    bySession.set(key, entry);
    entry.asking += 1;
    try {
      return await entry.look();
    } finally {
      entry.asking -= 1;
      if (entry.asking === 0) bySession.delete(key);
    }
  }

  return {
    of: async (cookie) => {
      const token = readSessionToken(cookie, secure);
      return token === null ? null : together(`token ${token}`, () => authenticate(db, cookie, secure));
    },
    again: (known) => together(`session ${known.sessionId}`, () => reauthenticate(db, known)),
  };
}
