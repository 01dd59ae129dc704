import { randomBytes } from 'node:crypto';
import type { AppErrorCode } from '#server/errors.ts';
import { retryAfterOf } from '#server/limits/too-many.ts';
import type { Log } from '#server/observability/log.ts';
import { refusalOf } from './refusal-of.ts';

const STATUS = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  INVALID: 422,
  CONFLICT: 409,
  FORMULA_INVALID: 422,
  PLAN_LIMIT: 402,
  RATE_LIMITED: 429,
  TOO_LARGE: 413,
  UNAVAILABLE: 503,
  UNREADABLE: 422,
} as const satisfies Record<AppErrorCode, number>;

export const statusOf = (code: AppErrorCode): number => STATUS[code];

/** An error as the answer of a route outside tRPC: `{ code, message, … }` with the details beside them. */
export function failureResponse(error: unknown, log: Log): Response {
  const refusal = refusalOf(error, log);
  if (refusal) {
    const retryAfter = retryAfterOf(refusal);
    const details = typeof refusal.details === 'object' ? refusal.details : {};
    return Response.json(
      { code: refusal.code, message: refusal.message, ...details },
      {
        status: STATUS[refusal.code],
        ...(retryAfter === null ? {} : { headers: { 'retry-after': String(retryAfter) } }),
      },
    );
  }
  const id = randomBytes(4).toString('hex');
  log.error({ err: error, id }, 'request failed');
  return Response.json({ code: 'INTERNAL', message: `Something went wrong on our side (id ${id}).` }, { status: 500 });
}
