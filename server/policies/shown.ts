import { AppError } from '#server/errors.ts';
import type { Person } from './principal.ts';

/** What a procedure asks of a person beside their role. */
export interface Asked {
  /** They have shown within the last minutes that it is they, by their password or their second factor. */
  readonly stepUp?: true;
  /** The address of their account is confirmed, where this installation sends letters. */
  readonly verified?: true;
}

/** How long a confirmation holds. */
export const STEP_UP_MS = 5 * 60_000;

interface Now {
  readonly now: Date;
  readonly mustVerify: boolean;
}

/**
 * Whether accounts have to confirm their address. Where no letter is sent and this machine alone reaches the server,
 * whoever registers is whoever reads the letters.
 */
export const mustVerify = (config: { readonly mail?: object; readonly onlyHere: boolean }): boolean =>
  config.mail !== undefined || !config.onlyHere;

export const hasSteppedUp = ({ steppedUpAt }: Pick<Person, 'steppedUpAt'>, now: Date): boolean =>
  steppedUpAt !== undefined && steppedUpAt !== null && now.getTime() - steppedUpAt.getTime() < STEP_UP_MS;

/** Throws STEP_UP or UNVERIFIED, in words. */
export function requireShown(person: Person, asked: Asked, { now, mustVerify: must }: Now): void {
  if (asked.verified && must && person.isVerified === false)
    throw new AppError(
      'UNVERIFIED',
      'Confirm the address of your account before this: open the link in the letter that we sent you, or ask for another in your settings.',
    );
  if (asked.stepUp && !hasSteppedUp(person, now))
    throw new AppError('STEP_UP', 'Confirm that it is you, with your password or your second factor, and try again.');
}
