import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { createRequestContext } from '#server/api/context.ts';
import { appRouter } from '#server/api/router.ts';
import { getRuntime } from '#server/runtime.ts';

const LARGEST_BODY = 5_000_000;

function handle(request: Request): Promise<Response> | Response {
  if (Number(request.headers.get('content-length') ?? 0) > LARGEST_BODY) return new Response('The request is too large.', { status: 413 });
  return fetchRequestHandler({
    endpoint: '/api/trpc',
    req: request,
    router: appRouter,
    createContext: ({ resHeaders }) => createRequestContext(getRuntime(), request, resHeaders),
    responseMeta: () => ({ headers: new Headers({ 'cache-control': 'no-store' }) }),
  });
}

export const dynamic = 'force-dynamic';
export { handle as GET, handle as POST };
