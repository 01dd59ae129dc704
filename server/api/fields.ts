import { z } from 'zod';
import { nameProblem } from '#server/policies/name-problem.ts';

const checkName = (value: string, context: z.RefinementCtx): void => {
  const message = nameProblem(value);
  if (message !== null) context.addIssue({ code: 'custom', message });
};

// Inputs that several procedures take; the messages are what people read beside the field.
export const id = z.uuid('This is not an id.');
export const email = z.string().trim().toLowerCase().max(254, 'The address is too long.').pipe(z.email('This is not an e-mail address.'));
export const name = (what: string) => z.string().trim().min(1, `Give ${what}.`).max(100, 'Use at most 100 characters.').superRefine(checkName);
/** The rules for new passwords are checked by the use-case; this only keeps out what can't be one. */
export const password = z.string().min(1, 'Type the password.').max(1000, 'Use at most 128 characters.');
export const invitationToken = z.string().min(1).max(100);
export const role = z.enum(['viewer', 'reviewer', 'editor', 'admin', 'owner']);
