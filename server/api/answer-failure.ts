import { isAppError } from '#server/errors.ts';
import type { Context } from './context.ts';
import { failureResponse } from './http-failure.ts';
import { reportRefusal } from './report-refusal.ts';

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
