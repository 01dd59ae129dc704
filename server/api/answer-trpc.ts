import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc';
import superjson from 'superjson';
import { ERROR_CODES } from '#core/requests/error-codes.ts';
import { boundsProblem } from '#core/requests/input-bounds.ts';
import { MOST_IN_BATCH } from '#core/requests/most-in-batch.ts';
import { AppError, isAppError } from '#server/errors.ts';
import { incomingBody, type IncomingBody } from '#server/http/incoming-body.ts';
import { retryAfterOf } from '#server/limits/too-many.ts';
import { BODY, mostOfCalls } from '#server/policies/body-limits.ts';
import type { Runtime } from '#server/runtime.ts';
import { createRequestContext, strangerOf, type Context } from './context.ts';
import { failureResponse } from './http-failure.ts';
import { appRouter } from './router.ts';

const ENDPOINT = '/api/trpc';

/**
 * tRPC over HTTP: `GET` and `POST /api/trpc/<procedure>[,<procedure>…]`. Body, batch and inputs are bounded before
 * anything of them is read.
 */
export async function answerTrpc(runtime: Runtime, request: Request): Promise<Response> {
  const headers = new Headers({ 'cache-control': 'no-store' });
  const context = createRequestContext(runtime, request, headers);
  const body = incomingBody(request, runtime.limits);
  try {
    boundBatch(request);
    const bounded = await withBody(request, context, body);
    const response = await fetchRequestHandler({
      endpoint: ENDPOINT,
      req: bounded,
      router: appRouter,
      maxBatchSize: MOST_IN_BATCH,
      createContext: () => context,
      responseMeta: ({ errors }) => {
        const waits = errors.flatMap(({ cause }) => retryAfterOf(cause) ?? []);
        if (waits.length > 0) headers.set('retry-after', String(Math.max(...waits)));
        return { headers };
      },
    });
    return await handOn(response, context, request.signal);
  } catch (error) {
    return isAppError(error) ? refuse(error) : failureResponse(error, runtime.log);
  } finally {
    body.end();
    context.answer?.end();
  }
}

/**
 * Answers of somebody who is known count as theirs until they are taken. Streams are no answers: they have no length.
 */
async function handOn(
  response: Response,
  { limits, answer, ...context }: Context,
  gone: AbortSignal,
): Promise<Response> {
  const { person, organisation } = limits.payer('read', strangerOf(context));
  if (!person || !organisation || !answer || !response.body) return response;
  if (response.headers.get('content-type') !== 'application/json') return response;
  const body = new Uint8Array(await response.arrayBuffer());
  return new Response(answer.send({ person, organisation }, body, gone), {
    status: response.status,
    headers: response.headers,
  });
}

function boundBatch({ url }: Request): void {
  const { pathname } = new URL(url);
  let calls = 1;
  for (const character of pathname) if (character === ',') calls += 1;
  // A comma may come as %2C too: tRPC decodes the path before it cuts it.
  calls += (pathname.match(/%2c/gi) ?? []).length;
  if (calls > MOST_IN_BATCH)
    throw new AppError('TOO_LARGE', `A request has at most ${MOST_IN_BATCH} calls. Send the rest in another.`);
}

/** The request with its body in memory, of which strangers may send little. */
async function withBody(request: Request, context: Context, body: IncomingBody): Promise<Request> {
  if (request.method !== 'POST') {
    const input = new URL(request.url).searchParams.get('input');
    if (input !== null) boundInputs(Buffer.from(input));
    return request;
  }
  const length = request.headers.get('content-length');
  const isSmall = length !== null && Number(length) <= BODY.stranger;
  const actor = isSmall ? null : await context.authenticate();
  const whole = await body.whole({
    most: actor ? mostOfCalls(proceduresOf(request)) : BODY.stranger,
    tooLarge:
      actor || isSmall
        ? 'The request is too large.'
        : 'The request is too large for somebody who is not signed in. Sign in first.',
    // Who was looked up is known by now.
    charged: context.limits.payer('upload', strangerOf(context)),
  });
  // Meanwhile the session may have ended.
  if (actor) await context.authenticateAgain();
  // tRPC also takes forms and files, past the transformer of inputs; no procedure does.
  if (!isJson(request)) throw new AppError('INVALID', 'Send the request as application/json.');
  boundInputs(whole);
  return new Request(request.url, {
    method: request.method,
    headers: request.headers,
    body: whole,
    signal: request.signal,
  });
}

const isJson = ({ headers }: Request): boolean =>
  headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase() === 'application/json';

function boundInputs(json: Uint8Array): void {
  const problem = boundsProblem(json);
  if (problem !== null) throw new AppError('TOO_LARGE', problem);
}

/** The names of the procedures that a request calls. An address that can not be decoded has none. */
function proceduresOf({ url }: Request): readonly string[] {
  const path = new URL(url).pathname.slice(ENDPOINT.length + 1);
  try {
    return decodeURIComponent(path).split(',');
  } catch {
    return [];
  }
}

/** A refusal of the whole request, in tRPC's shape: the client gives it to each of its calls. */
function refuse(error: AppError): Response {
  const { trpc: code, status: httpStatus } = ERROR_CODES[error.code];
  const shape = {
    message: error.message,
    code: TRPC_ERROR_CODES_BY_KEY[code],
    data: { code, httpStatus, path: null, appCode: error.code, details: error.details },
  };
  const retryAfter = retryAfterOf(error);
  return Response.json(
    { error: superjson.serialize(shape) },
    {
      status: httpStatus,
      headers: { 'cache-control': 'no-store', ...(retryAfter === null ? {} : { 'retry-after': String(retryAfter) }) },
    },
  );
}
