import { createHash } from 'node:crypto';
import type { Sql } from 'postgres';
import {
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRes,
  type RateLimiterAbstract,
} from 'rate-limiter-flexible';
import type { OrgId, UserId } from '#core/requests/ids.ts';
import { pgClient } from '#server/db/pg-client.ts';
import { isAppError } from '#server/errors.ts';
import type { Log } from '#server/observability/log.ts';
import { BODIES, type BodyKind } from '#server/policies/body-limits.ts';
import {
  LIMIT_NAMES,
  LIMITS,
  MOST_WAITING,
  SUBJECTS,
  SUBSCRIPTIONS_PER_PERSON,
  type Limit,
  type LimitName,
  type Subject,
  type Window,
} from '#server/policies/limits.ts';
import { Acquaintances, type Acquaintance } from './acquaintances.ts';
import { addressKey } from './address-key.ts';
import { Bodies } from './bodies.ts';
import { Places } from './places.ts';
import { tooMany } from './too-many.ts';
import { Turns } from './turns.ts';
import { Untaken } from './untaken.ts';

/** Who is charged, as far as that is known. */
export type Charged = Readonly<Partial<Record<Subject, string | null>>>;

/** Who asks, before it is looked up who that is. */
export interface Stranger {
  readonly address: string | null;
  /** The hash of the token in their cookie. */
  readonly session: string | null;
}

/**
 * Counts what was done and refuses what is too much: the rates of `LIMITS`, and how much runs at once. One for a
 * process.
 */
export interface RateLimits {
  /**
   * Takes `points` of everybody in `charged` whom the limit counts. Throws RATE_LIMITED, with `retryAfter` in seconds
   * among its details, when somebody has none left. Call it before the work.
   */
  charge(name: LimitName, charged: Charged, points?: number): Promise<void>;
  /**
   * The same for somebody of whom only the cookie and the address are known: the person whom that session let in lately
   * pays, so that nobody pays for a neighbour behind the same address; the address pays for all others, and where the
   * limit does not count people.
   */
  chargeStranger(name: LimitName, stranger: Stranger, points?: number): Promise<void>;
  /** Who pays for a stranger, as far as that is known without a look into the database. */
  payer(name: LimitName, stranger: Stranger): Charged;
  /** This session was looked up: whose it is, or that it is open no longer. */
  meet(session: string | null, actor: { readonly userId: UserId; readonly orgId: OrgId } | null): void;
  /**
   * The access of this person has changed (null: of anybody): their sessions pay again once they are looked up again.
   */
  forget(userId: UserId | null): void;
  /** Runs `work` when it is its turn. Throws RATE_LIMITED when too much waits already. */
  inTurn<T>(name: LimitName, charged: Charged, work: () => Promise<T>): Promise<T>;
  /** Bodies of requests that are under way. */
  readonly bodies: Readonly<Record<BodyKind, Bodies>>;
  /** Answers over HTTP that are not taken yet. */
  readonly untaken: Untaken;
  /**
   * Counts one more subscription of a person until what it returns is called. Throws RATE_LIMITED when they have too
   * many.
   */
  subscribe(userId: UserId): () => void;
}

interface Options {
  readonly sql: Sql;
  readonly log: Log;
  /**
   * Whose session this is, by the hash of its token: asked where the address has nothing left, since somebody else may
   * have spent that.
   */
  readonly whose?: (session: string) => Promise<Acquaintance | null>;
}

export function createRateLimits({ sql, log, whose = () => Promise.resolve(null) }: Options): RateLimits {
  const limiters = new Map(LIMIT_NAMES.map((name) => [name, limitersOf(name, LIMITS[name], { sql, log })]));
  const turns = new Map(LIMIT_NAMES.map((name) => [name, turnsOf(LIMITS[name])]));

  const subscriptions = new Places(SUBSCRIPTIONS_PER_PERSON);

  const acquaintances = new Acquaintances();

  async function charge(name: LimitName, charged: Charged, points = 1): Promise<void> {
    for (const { subject, limiter } of limiters.get(name) ?? []) {
      const key = keyOf(subject, charged);
      if (key === null) continue;
      try {
        await limiter.consume(key, points);
      } catch (left) {
        if (!(left instanceof RateLimiterRes)) throw left;
        const { what, ofPerson = what } = LIMITS[name];
        throw tooMany(
          { what: subject === 'person' || subject === 'organisation' ? ofPerson : what },
          left.msBeforeNext,
        );
      }
    }
  }

  const payer = (name: LimitName, { address, session }: Stranger): Charged =>
    (session !== null && LIMITS[name].windows.person ? acquaintances.of(session, Date.now()) : null) ?? { address };

  /**
   * Whom nobody has met yet, perhaps since the server has just started. Looks are counted too: cookies can be made up.
   */
  async function introduce(session: string, address: string | null): Promise<Acquaintance | null> {
    const isLookLeft = await charge('lookUp', { address }).then(
      () => true,
      () => false,
    );
    const found = isLookLeft ? await whose(session) : null;
    if (found) acquaintances.meet(session, found, Date.now());
    return found;
  }

  return {
    bodies: { whole: new Bodies(BODIES.whole), file: new Bodies(BODIES.file) },
    untaken: new Untaken(),
    charge,
    payer,
    chargeStranger: async (name, stranger, points = 1) => {
      const first = payer(name, stranger);
      try {
        await charge(name, first, points);
      } catch (refusal) {
        const { session, address } = stranger;
        if (!isAppError(refusal) || session === null || first.person !== undefined || !LIMITS[name].windows.person)
          throw refusal;
        const found = await introduce(session, address);
        if (!found) throw refusal;
        await charge(name, { ...found }, points);
      }
    },
    meet: (session, actor) => {
      if (session === null) return;
      if (actor) acquaintances.meet(session, { person: actor.userId, organisation: actor.orgId }, Date.now());
      else acquaintances.forget(session);
    },
    forget: (userId) => acquaintances.forgetPerson(userId),
    subscribe: (userId) => {
      const leave = subscriptions.enter(userId);
      if (!leave) throw tooMany({ what: 'You have Alphaloom open in too many tabs. Close some' }, 5_000);
      return leave;
    },
    inTurn: async (name, charged, work) => {
      const taken: (() => void)[] = [];
      try {
        // Always in the same order of subjects, the narrowest first: nobody holds an organisation's turn while waiting
        // for their own.
        for (const { subject, line } of turns.get(name) ?? []) {
          const key = keyOf(subject, charged);
          if (key === null) continue;
          const turn = line.take(key);
          if (turn === null) throw tooMany(LIMITS[name], 1_000);
          taken.push(typeof turn === 'function' ? turn : await turn);
        }
        return await work();
      } finally {
        for (const end of taken.reverse()) end();
      }
    },
  };
}

interface Counted {
  readonly subject: Subject;
  readonly limiter: RateLimiterAbstract;
}

function limitersOf(name: LimitName, limit: Limit, options: { readonly sql: Sql; readonly log: Log }): Counted[] {
  return SUBJECTS.flatMap((subject) =>
    (limit.windows[subject] ?? []).map((window) => ({
      subject,
      limiter: limiterOf(`${name}:${subject}:${window.seconds}`, window, limit.holds, options),
    })),
  );
}

function limiterOf(
  keyPrefix: string,
  { points, seconds }: Window,
  holds: Limit['holds'],
  { sql, log }: { readonly sql: Sql; readonly log: Log },
): RateLimiterAbstract {
  const memory = new RateLimiterMemory({ keyPrefix, points, duration: seconds });
  if (holds === 'process') return memory;
  return new RateLimiterPostgres({
    keyPrefix,
    points,
    duration: seconds,
    storeType: 'client',
    storeClient: clientOver(sql, log),
    tableName: 'rate_limits',
    tableCreated: true,
    // Who has none left is refused without a query, and a database that is away stops no limit.
    inMemoryBlockOnConsumed: points + 1,
    insuranceLimiter: memory,
  });
}

const clientOver = (sql: Sql, log: Log) =>
  pgClient(sql, (error) =>
    log.warn({ err: error }, 'a limit could not be counted in the database; it is counted in this process'),
  );

/** Narrowest first. */
const IN_TURN = ['person', 'organisation', 'address', 'account'] as const satisfies readonly Subject[];

const turnsOf = ({ atOnce }: Limit): { readonly subject: Subject; readonly line: Turns }[] =>
  IN_TURN.flatMap((subject) => {
    const most = atOnce?.[subject];
    return most === undefined ? [] : [{ subject, line: new Turns(most, MOST_WAITING) }];
  });

function keyOf(subject: Subject, charged: Charged): string | null {
  const given = charged[subject] ?? null;
  if (given === null) return null;
  if (subject === 'address') return addressKey(given);
  // Of any length, and nobody else's business.
  return subject === 'account' ? createHash('sha256').update(given).digest('base64url') : given;
}
