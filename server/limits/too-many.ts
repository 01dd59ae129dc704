import { AppError } from '#server/errors.ts';
import type { Limit } from '#server/policies/limits.ts';

/** The refusal, with the time after which it is worth another try. */
export function tooMany({ what }: Pick<Limit, 'what'>, ms: number): AppError {
  const retryAfter = Math.max(1, Math.ceil(ms / 1000));
  return new AppError('RATE_LIMITED', `${what}. Wait ${inWords(retryAfter)} and try again.`, { retryAfter });
}

const inWords = (seconds: number): string =>
  seconds === 1 ? 'a second' : seconds < 120 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;

/** In how many seconds to try again, when the error is such a refusal. */
export function retryAfterOf(error: unknown): number | null {
  if (!(error instanceof Error) || !('details' in error)) return null;
  const { details } = error;
  return typeof details === 'object' &&
    details !== null &&
    'retryAfter' in details &&
    typeof details.retryAfter === 'number'
    ? details.retryAfter
    : null;
}
