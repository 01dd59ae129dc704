import { Lucia, TimeSpan } from 'lucia';
import type { OrgId, UserId, UserId as PersonId } from '#core/requests/ids.ts';
import { asSystem, type Database, type Tx } from '#server/db/database.ts';
import { findSession, listSessions, rotateSession, touchSession } from '#server/db/queries/sessions.ts';
import type { Acquaintance } from '#server/limits/acquaintances.ts';
import { togetherBy } from '#server/limits/together-by.ts';
import type { Role } from '#server/policies/permissions.ts';
import type { Person } from '#server/policies/principal.ts';
import { createAdapter, type Run } from './adapter.ts';
import { readSessionToken, sessionCookieName } from './cookie.ts';
import { createToken, hashToken } from './token.ts';

interface StartedSession {
  orgId: OrgId;
  ip: string | null;
  userAgent: string | null;
}

interface SessionAttributes extends StartedSession {
  /** Given by the database. */
  chain?: string;
  rotationDue?: boolean;
  absoluteExpiresAt?: Date;
  steppedUpAt?: Date;
  lastSeenAt?: Date;
}

interface UserAttributes {
  name: string;
  email: string;
  orgName: string;
  role: Role;
  emailVerifiedAt: Date | null;
  secondFactorSince: Date | null;
  isPlatformAdmin: boolean;
}

declare module 'lucia' {
  interface Register {
    UserId: PersonId;
    Lucia: Lucia<SessionAttributes, UserAttributes>;
    DatabaseSessionAttributes: SessionAttributes;
    DatabaseUserAttributes: UserAttributes;
  }
}

/** A session ends this long after its last use ... */
const IDLE = new TimeSpan(7, 'd');
/** ... and this long after sign-in, however much it is used. */
const ABSOLUTE = new TimeSpan(30, 'd');

/** How long requests that were under way may use the token before. */
const GRACE_MS = 60_000;

const luciaOver = (run: Run, secure: boolean): Lucia<SessionAttributes, UserAttributes> =>
  new Lucia(createAdapter(run, ABSOLUTE.milliseconds()), {
    sessionExpiresIn: IDLE,
    // The cookie outlives the session on purpose: the server alone says when a session has ended.
    sessionCookie: {
      name: sessionCookieName(secure),
      expires: false,
      attributes: { secure, sameSite: 'lax', path: '/' },
    },
    getSessionAttributes: (attributes) => attributes,
    getUserAttributes: (attributes) => attributes,
  });

/** When a session was last used is known to this many milliseconds. */
const SEEN_EVERY_MS = 5 * 60_000;

const noDatabase: Run = () => Promise.reject(new Error('cookies need no database'));

/** Starts a session in the caller's transaction and returns its token, which exists nowhere else. */
export async function startSession(tx: Tx, userId: UserId, attributes: StartedSession): Promise<string> {
  const token = createToken();
  await luciaOver((work) => work(tx), false).createSession(userId, attributes, { sessionId: token });
  return token;
}

/** The `Set-Cookie` value that signs a browser in. */
export const sessionCookie = (token: string, secure: boolean): string =>
  luciaOver(noDatabase, secure).createSessionCookie(token).serialize();

/** The `Set-Cookie` value that removes it. */
export const blankSessionCookie = (secure: boolean): string =>
  luciaOver(noDatabase, secure).createBlankSessionCookie().serialize();

/**
 * Who sends this `Cookie` header; null for nobody, an ended session, or a person who no longer belongs to the session's
 * organisation. `secure` says whether people reach us over https (`isSecure(config)`), which decides the cookie's name.
 * `renew` gets a new token when the session is to have one; without it the old token goes on until a request comes that
 * can carry the new one.
 */
export async function authenticate(
  db: Database,
  cookieHeader: string | undefined,
  secure = false,
  renew?: (token: string) => void,
): Promise<Person | null> {
  const token = readSessionToken(cookieHeader, secure);
  if (!token) return null;
  const look: Run = (work) => asSystem(db, work, 'write', { session: hashToken(token) });
  const { session, user } = await luciaOver(look, secure).validateSession(token);
  if (!session) return null;
  const { chain, rotationDue, absoluteExpiresAt, steppedUpAt, lastSeenAt } = session;
  if (chain === undefined || absoluteExpiresAt === undefined)
    throw new Error('a session from the database has its chain and its end');
  // Lucia prolongs a session without knowing of its end.
  const expiresAt = absoluteExpiresAt < session.expiresAt ? absoluteExpiresAt : session.expiresAt;
  if (rotationDue && renew) {
    const next = createToken();
    // Of requests at the same moment one renews the token; the others go on with the old one.
    if (await look((tx) => rotateSession(tx, chain, hashToken(next), GRACE_MS))) renew(next);
  }
  if (lastSeenAt !== undefined && Date.now() - lastSeenAt.getTime() > SEEN_EVERY_MS)
    await look((tx) => touchSession(tx, chain));
  return {
    kind: 'person',
    userId: user.id,
    name: user.name,
    email: user.email,
    orgId: session.orgId,
    orgName: user.orgName,
    role: user.role,
    isPlatformAdmin: user.isPlatformAdmin,
    sessionId: chain,
    expiresAt,
    steppedUpAt: steppedUpAt ?? null,
    ...shownBy(user),
  };
}

const shownBy = ({
  emailVerifiedAt,
  secondFactorSince,
}: Pick<UserAttributes, 'emailVerifiedAt' | 'secondFactorSince'>) => ({
  isVerified: emailVerifiedAt !== null,
  hasSecondFactor: secondFactorSince !== null,
});

/**
 * The same actor as they are now, while their session lasts. For sockets, which outlive tokens: the look does not
 * prolong the session. All who ask at the same moment are looked up at once, and never before they asked.
 */
export async function reauthenticate(db: Database, { sessionId }: Pick<Person, 'sessionId'>): Promise<Person | null> {
  const find = looks.get(db) ?? togetherBy((chains) => findPeople(db, chains));
  looks.set(db, find);
  return (await find(sessionId)) ?? null;
}

const looks = new WeakMap<Database, (chain: string) => Promise<Person | undefined>>();

async function findPeople(db: Database, chains: readonly string[]): Promise<ReadonlyMap<string, Person>> {
  const rows = await asSystem(db, (tx) => listSessions(tx, chains));
  const now = new Date();
  return new Map(
    rows.flatMap(({ session, endsAt, emailVerifiedAt, secondFactorSince, ...person }): [string, Person][] => {
      const { chain, userId, orgId, steppedUpAt } = session;
      const expiresAt = endsAt < session.expiresAt ? endsAt : session.expiresAt;
      const shown = { steppedUpAt, ...shownBy({ emailVerifiedAt, secondFactorSince }) };
      return expiresAt <= now
        ? []
        : [[chain, { kind: 'person', userId, orgId, expiresAt, sessionId: chain, ...person, ...shown }]];
    }),
  );
}

/** Whose open session has a token with this hash, for who pays. The look does not prolong the session. */
export async function whoseSession(db: Database, token: string): Promise<Acquaintance | null> {
  const row = await asSystem(db, (tx) => findSession(tx, token), 'write', { session: token });
  const now = new Date();
  return row && row.session.expiresAt > now && row.endsAt > now
    ? { person: row.session.userId, organisation: row.session.orgId }
    : null;
}
