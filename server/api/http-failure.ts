import { randomBytes } from 'node:crypto';
import { ERROR_CODES } from '#core/requests/error-codes.ts';
import { isAppError } from '#server/errors.ts';
import { retryAfterOf } from '#server/limits/too-many.ts';
import type { Log } from '#server/observability/log.ts';
import type { Context } from './context.ts';
import { refusalOf } from './refusal-of.ts';
import { reportRefusal } from './report-refusal.ts';

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

/**
 * The answer of a route outside tRPC to whatever was thrown. A defender is told of refusals; that this fails must not
 * make another failure of one.
 */
export async function answerFailure(context: Context, error: unknown, what: string): Promise<Response> {
  if (isAppError(error))
    await reportRefusal({ ...context, now: new Date() }, error.code, what).catch((err: unknown) =>
      context.log.warn({ err }, 'a refusal was not told'),
    );
  return failureResponse(error, context.log);
}
