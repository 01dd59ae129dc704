import type { Adapter } from 'lucia';
import type { Tx } from '#server/db/database.ts';
import {
  deleteExpiredSessions,
  deleteSessionByToken,
  deleteSessionsOfUser,
  extendSession,
  findSession,
  insertSession,
  listSessionsOfUser,
} from '#server/db/queries/sessions.ts';
import { hashToken } from './token.ts';

/** Runs work that may see all organisations: in a transaction of its own, or in the caller's open transaction. */
export type Run = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

/** Lucia's sessions in our table. Lucia calls the token the session's id; only its hash reaches the database. */
export function createAdapter(run: Run, absoluteLifetimeMs: number): Adapter {
  return {
    getSessionAndUser: (token) =>
      run(async (tx) => {
        const row = await findSession(tx, hashToken(token));
        if (!row) return [null, null];
        const { session, endsAt, ...person } = row;
        const { orgId, ip, userAgent, chain, rotationDue, steppedUpAt, lastSeenAt } = session;
        const attributes = { orgId, ip, userAgent, chain, rotationDue, steppedUpAt, lastSeenAt };
        return [
          {
            id: token,
            userId: session.userId,
            expiresAt: endsAt < session.expiresAt ? endsAt : session.expiresAt,
            attributes: { ...attributes, absoluteExpiresAt: endsAt },
          },
          { id: session.userId, attributes: person },
        ];
      }),
    // The tokens are not known any more; the hashes can still be listed, not used.
    getUserSessions: (userId) =>
      run(async (tx) => {
        const rows = await listSessionsOfUser(tx, userId);
        return rows.map(({ id, expiresAt, orgId, ip, userAgent }) => ({
          id,
          userId,
          expiresAt,
          attributes: { orgId, ip, userAgent },
        }));
      }),
    setSession: ({ id, userId, expiresAt, attributes }) =>
      run((tx) => {
        const absoluteExpiresAt = new Date(Date.now() + absoluteLifetimeMs);
        return insertSession(tx, { id: hashToken(id), userId, expiresAt, absoluteExpiresAt, ...attributes });
      }),
    updateSessionExpiration: (token, expiresAt) => run((tx) => extendSession(tx, hashToken(token), expiresAt)),
    deleteSession: (token) => run(async (tx) => void (await deleteSessionByToken(tx, hashToken(token)))),
    deleteUserSessions: (userId) => run((tx) => deleteSessionsOfUser(tx, userId)),
    deleteExpiredSessions: () => run((tx) => deleteExpiredSessions(tx, new Date())),
  };
}
