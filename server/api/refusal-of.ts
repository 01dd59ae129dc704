import { AppError, isAppError } from '#server/errors.ts';
import type { Log } from '#server/observability/log.ts';
import { AWAY } from '#server/passing-failures.ts';

const AT_ONCE = () =>
  new AppError('CONFLICT', 'Somebody changed the same thing at this moment. Load it anew and try again.');
const UNHOLDABLE = () =>
  new AppError('INVALID', 'Something in it can not be stored: a character, a number or a time that is out of bounds.');
const SLOW = () =>
  new AppError('UNAVAILABLE', 'The database took too long over this, and stopped. Try again, or ask for less at once.');
const LOCKED = () =>
  new AppError('CONFLICT', 'Somebody else is changing this and does not come to an end. Try again in a minute.');
const GONE = () => new AppError('UNAVAILABLE', 'The database is not there at this moment. Try again in a few seconds.');

/** What the person can do about a failure of Postgres, by its SQLSTATE or the code of the driver. */
const REFUSALS: Readonly<Record<string, () => AppError>> = {
  // unique_violation
  '23505': () =>
    new AppError('CONFLICT', 'There is one of this name or kind already. Load the page anew and choose another.'),
  // foreign_key_violation
  '23503': () =>
    new AppError('CONFLICT', 'Something else stands on it, or what it stands on is gone. Load the page anew.'),
  // serialization_failure, deadlock_detected
  '40001': AT_ONCE,
  '40P01': AT_ONCE,
  // character_not_in_repertoire, untranslatable_character, string_data_right_truncation, numeric_value_out_of_range,
  // datetime_field_overflow
  '22021': UNHOLDABLE,
  '22P05': UNHOLDABLE,
  '22001': UNHOLDABLE,
  '22003': UNHOLDABLE,
  '22008': UNHOLDABLE,
  // program_limit_exceeded: a value that is too long for an index
  '54000': () => new AppError('TOO_LARGE', 'Something in it is too long to be stored. Make it shorter.'),
  // query_canceled: the time of a statement is over
  '57014': SLOW,
  // lock_not_available: the time for a lock is over
  '55P03': LOCKED,
  // idle_in_transaction_session_timeout
  '25P03': SLOW,
  ...Object.fromEntries(AWAY.map((code) => [code, GONE])),
};

/**
 * The failure as the person may see it; null for a bug. What Postgres refused although no check before did is logged.
 */
export function refusalOf(error: unknown, log: Log): AppError | null {
  for (let at = error, depth = 0; at instanceof Error && depth < 10; at = at.cause, depth++) {
    if (isAppError(at)) return at;
    const refuse =
      'code' in at && typeof at.code === 'string' && Object.hasOwn(REFUSALS, at.code) ? REFUSALS[at.code] : undefined;
    if (!refuse) continue;
    log.warn({ err: error }, 'refused by Postgres');
    return refuse();
  }
  return null;
}

/** Of a request whose asker left before its turn came: nothing is computed for nobody. */
export const givenUp = (): AppError => new AppError('UNAVAILABLE', 'The request was given up.');
