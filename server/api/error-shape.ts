import { randomBytes } from 'node:crypto';
import type { TRPCError } from '@trpc/server';
import { z, ZodError } from 'zod';
import type { AppErrorCode } from '#core/requests/error-codes.ts';
import { isAppError } from '#server/errors.ts';

export interface Failure {
  readonly message: string;
  /** `INTERNAL` is a bug of ours; the message carries the id under which it is logged. */
  readonly appCode: AppErrorCode | 'INTERNAL';
  readonly details?: unknown;
  /** Set for bugs only: what to log, and under which id. */
  readonly bug?: { readonly id: string; readonly error: unknown };
}

/** Any error as people may see it: never a stack trace, never the words of a database. */
export function describeFailure(error: TRPCError): Failure {
  const { cause } = error;
  if (isAppError(cause)) return { message: cause.message, appCode: cause.code, details: cause.details };
  // Of an answer it is a bug of ours, which must not be told as one of the input.
  if (cause instanceof ZodError && error.code === 'BAD_REQUEST')
    return { message: sentenceOf(cause), appCode: 'INVALID', details: z.flattenError(cause) };
  switch (error.code) {
    case 'NOT_FOUND':
      return {
        message: 'There is no such procedure. Reload the page: it may be of an older version.',
        appCode: 'NOT_FOUND',
      };
    case 'BAD_REQUEST':
    case 'PARSE_ERROR':
    case 'METHOD_NOT_SUPPORTED':
    case 'UNSUPPORTED_MEDIA_TYPE':
      return { message: 'The request could not be read.', appCode: 'INVALID' };
    case 'PAYLOAD_TOO_LARGE':
      return { message: 'The request is too large.', appCode: 'TOO_LARGE' };
    case 'CLIENT_CLOSED_REQUEST':
      return { message: 'The request was given up.', appCode: 'UNAVAILABLE' };
    default: {
      const id = randomBytes(4).toString('hex');
      return {
        message: `Something went wrong on our side (id ${id}).`,
        appCode: 'INTERNAL',
        bug: { id, error: cause ?? error },
      };
    }
  }
}

/** The first problem with the field it is about; all of them are in the details. */
export function sentenceOf(error: ZodError): string {
  const [issue] = error.issues;
  if (!issue) return 'The input is not right.';
  const field = issue.path.join('.');
  // An address of a page that is mistyped: nobody has filled in a field of that name.
  return field && field !== 'id' ? `${field}: ${issue.message}` : issue.message;
}
