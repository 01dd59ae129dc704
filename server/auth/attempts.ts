import { RateLimiterRes } from 'rate-limiter-flexible';
import type { UserId } from '#core/requests/ids.ts';
import type { Database } from '#server/db/database.ts';
import { signInLimiters } from '#server/db/sign-in-limiters.ts';
import { AppError } from '#server/errors.ts';
import { addressKey } from '#server/limits/address-key.ts';
import { SIGN_IN_LIMITS, waitAfter, type SignInLimit } from '#server/policies/sign-in-limits.ts';
import type { Turn } from './password-queue.ts';
import { hashToken } from './token.ts';

export interface Attempt {
  readonly email: string;
  /** Null when the address is not known; then the account alone is counted. */
  readonly address: string | null;
  /** The hash of a device on which this account was signed in before. */
  readonly device: string | null;
}

/** An attempt that may be made. It counts as failed until it is said to have succeeded. */
export interface TakenAttempt {
  readonly turn: Turn;
  succeeded(): Promise<void>;
}

/**
 * Counts an attempt to sign in before anything is done for it. Throws RATE_LIMITED with the seconds to wait. Known and
 * unknown accounts count alike.
 */
export async function takeAttempt(db: Database, { email, address, device }: Attempt): Promise<TakenAttempt> {
  const account = hashToken(email.trim().toLowerCase());
  const block = address === null ? null : addressKey(address);
  const keys: (readonly [SignInLimit, string])[] = device
    ? [['device', `${device}:${account}`]]
    : [
        ...(block === null
          ? []
          : ([
              ['address', hashToken(block)],
              ['pair', hashToken(`${account}:${block}`)],
            ] as const)),
        ['account', account],
      ];
  const taken: (readonly [SignInLimit, string])[] = [];
  for (const [limit, key] of keys) {
    const wait = await takeOne(db, limit, key);
    if (wait > 0) {
      await Promise.all(taken.map(([other, otherKey]) => signInLimiters(db).failures.reward(`${other}:${otherKey}`)));
      throw tooMany(wait);
    }
    taken.push([limit, key]);
  }
  return {
    turn: { share: device ?? block ?? account, account },
    succeeded: async () => {
      const { failures, gates } = signInLimiters(db);
      // Whoever has an account of their own must not thereby forget what the address did to others.
      await Promise.all(
        taken.map(([limit, key]) =>
          limit === 'address'
            ? failures.reward(`${limit}:${key}`)
            : Promise.all([failures.delete(`${limit}:${key}`), gates.delete(`${limit}:${key}`)]),
        ),
      );
    },
  };
}

/**
 * Counts an attempt at the second factor of an account, which somebody makes who knows the password. Throws
 * RATE_LIMITED with the seconds to wait.
 */
export async function takeSecondFactor(db: Database, userId: UserId): Promise<{ succeeded(): Promise<void> }> {
  const key = hashToken(userId);
  const wait = await takeOne(db, 'second', key);
  if (wait > 0) throw tooMany(wait);
  return {
    succeeded: async () => {
      const { failures, gates } = signInLimiters(db);
      await Promise.all([failures.delete(`second:${key}`), gates.delete(`second:${key}`)]);
    },
  };
}

/** Seconds to wait; 0 when the attempt was counted and may be made. */
async function takeOne(db: Database, limit: SignInLimit, key: string): Promise<number> {
  const { failures, gates } = signInLimiters(db);
  const bounds = SIGN_IN_LIMITS[limit];
  const name = `${limit}:${key}`;
  const pass = async (count: number): Promise<number> => {
    const wait = waitAfter(bounds, count);
    if (wait === 0) return 0;
    try {
      await gates.consume(name, 1, { customDuration: wait });
      return 0;
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) return Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
      throw refusal;
    }
  };
  const before = (await failures.get(name))?.consumedPoints ?? 0;
  const wait = await pass(before);
  if (wait > 0) return wait;
  const after = (await failures.penalty(name, 1, { customDuration: bounds.rememberedSeconds })).consumedPoints;
  // Of many at once that all saw a free place, only as many as there are places go on.
  if (before >= bounds.free || after <= bounds.free) return 0;
  const late = await pass(after - 1);
  if (late > 0) await failures.reward(name);
  return late;
}

function tooMany(seconds: number): AppError {
  const time =
    seconds < 60
      ? `${seconds} ${seconds === 1 ? 'second' : 'seconds'}`
      : `${Math.ceil(seconds / 60)} ${seconds <= 60 ? 'minute' : 'minutes'}`;
  return new AppError('RATE_LIMITED', `There were too many attempts that failed. Wait ${time}, then try again.`, {
    retryAfterSeconds: seconds,
  });
}
