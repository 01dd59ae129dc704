import { randomBytes } from 'node:crypto';
import { ERROR_CODES } from '#core/requests/error-codes.ts';
import { retryAfterOf } from '#server/limits/too-many.ts';
import type { Log } from '#server/observability/log.ts';
import { refusalOf } from './refusal-of.ts';

/** An error as the answer of a route outside tRPC: `{ code, message, … }` with the details beside them. */
export function failureResponse(error: unknown, log: Log): Response {
  const refusal = refusalOf(error, log);
  if (refusal) {
    const retryAfter = retryAfterOf(refusal);
    const details = typeof refusal.details === 'object' ? refusal.details : {};
    return Response.json(
      { code: refusal.code, message: refusal.message, ...details },
      {
        status: ERROR_CODES[refusal.code].status,
        ...(retryAfter === null ? {} : { headers: { 'retry-after': String(retryAfter) } }),
      },
    );
  }
  const id = randomBytes(4).toString('hex');
  log.error({ err: error, id }, 'request failed');
  return Response.json({ code: 'INTERNAL', message: `Something went wrong on our side (id ${id}).` }, { status: 500 });
}
