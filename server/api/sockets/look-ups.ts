import type { Actor } from '#server/auth/actor.ts';
import { authenticate } from '#server/auth/authenticate.ts';
import { isSecure, readSessionToken } from '#server/auth/cookie.ts';
import { coalesce } from '#server/limits/coalesce.ts';
import type { Runtime } from '#server/runtime.ts';

/** Who the owner of a cookie is now: asked at each call and event, looked up once for all who ask at the same time. */
export interface LookUps {
  of(cookie: string | undefined): Promise<Actor | null>;
}

export function createLookUps({ db, config }: Pick<Runtime, 'db' | 'config'>): LookUps {
  const secure = isSecure(config);
  const bySession = new Map<string, { asking: number; readonly look: () => Promise<Actor | null> }>();
  return {
    of: async (cookie) => {
      const token = readSessionToken(cookie, secure);
      if (token === null) return null;
      const entry = bySession.get(token) ?? { asking: 0, look: coalesce(() => authenticate(db, cookie, secure)) };
      bySession.set(token, entry);
      entry.asking += 1;
      try {
        return await entry.look();
      } finally {
        entry.asking -= 1;
        if (entry.asking === 0) bySession.delete(token);
      }
    },
  };
}
