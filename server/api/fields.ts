import { z } from 'zod';
import { idOf, type IdKind } from '#core/requests/ids.ts';
import { nameProblem } from '#server/policies/name-problem.ts';
import { ROLES } from '#server/policies/permissions.ts';

const checkName = (value: string, context: z.RefinementCtx): void => {
  const message = nameProblem(value);
  if (message !== null) context.addIssue({ code: 'custom', message });
};

/**
 * Inputs that procedures are made of: each has bounds, and holds nothing that Postgres can't. A test finds any input
 * that is made of something else. The messages are what people read beside the field.
 */

/** Postgres holds no NUL, and UTF-8 no half of a surrogate pair. */
const isStorable = (value: string): boolean => !value.includes('\0') && value.isWellFormed();
const UNSTORABLE = 'Take out the characters that can not be shown.';

/** Text of at most `longest` UTF-16 units. */
export const text = (longest: number, message = `Use at most ${longest.toLocaleString('en')} characters.`) =>
  z.string().max(longest, message).refine(isStorable, UNSTORABLE);
/** Without the spaces around it. */
export const trimmed = (longest: number, message?: string) =>
  z.string().trim().pipe(text(longest, message)).meta({ maxLength: longest });

/** A title that people choose by: nothing in it is hidden, and it stands on one line. */
export const titled = (longest: number, empty: string) =>
  trimmed(longest)
    .refine((value) => value !== '', empty)
    .superRefine((value, context) => {
      if (value !== '') checkName(value, context);
    });

/** Far beyond any price or period, and exact enough for both. */
const LARGEST_NUMBER = 1e30;
export const number = z
  .number()
  .min(-LARGEST_NUMBER, 'This number is too small.')
  .max(LARGEST_NUMBER, 'This number is too large.');
/** UTC milliseconds of years with four digits, which JavaScript, Postgres and ISO 8601 all write alike. */
export const time = z
  .int()
  .min(Date.UTC(1000, 0, 1), 'Use a time from the year 1000 on.')
  .max(Date.UTC(9999, 11, 31), 'Use a time before the year 9999 ends.');

/** What is asked for names one thing of a kind; whether there is such a thing, the use-case finds out. */
export const id = <Kind extends IdKind>(kind: Kind) =>
  z
    .uuid(`There is no such ${kind === 'formula' ? 'strategy' : kind}: the address is not whole, or was mistyped.`)
    .transform((text) => idOf(kind, text));

/**
 * Of a list: `limit` rows behind the last one that the caller has. Every list takes this, so that none is without end.
 */
export const page = (most: number) => ({
  limit: z.int().min(1).max(most).default(most),
  cursor: z.strictObject({ at: time, id: z.uuid('This is not an id.') }).optional(),
});

export const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, 'The address is too long.')
  .pipe(z.email('This is not an e-mail address.'))
  .meta({ maxLength: 254 });
/** As it was typed at a sign-in: what is no address is nobody's. */
export const typedEmail = trimmed(254);
export const name = (what: string) =>
  z
    .string()
    .trim()
    .min(1, `Give ${what}.`)
    .max(100, 'Use at most 100 characters.')
    .refine(isStorable, UNSTORABLE)
    .superRefine(checkName);
/** The rules for new passwords are checked by the use-case; this only keeps out what can't be one. */
export const password = z.string().min(1, 'Type the password.').max(1000, 'Use at most 128 characters.');
export const invitationToken = text(100).min(1);
export const role = z.enum(ROLES);
