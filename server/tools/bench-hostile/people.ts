import { createTRPCClient, httpLink, type HTTPLinkOptions } from '@trpc/client';
import superjson from 'superjson';
import type { AppRouter } from '#server/api/router.ts';

type FetchEsque = NonNullable<HTTPLinkOptions<AppRouter['_def']['_config']['$types']>['fetch']>;

/** A person with a browser: an account, its cookie, and calls as that person. */
export async function newPerson(origin: string, name: string, invitation?: string) {
  let cookie = '';
  const keep: FetchEsque = async (input, init) => {
    const given = init?.headers ?? {};
    const headers = new Headers(given instanceof Headers ? given : Object.entries(given).map(([key, value]): [string, string] => [key, String(value)]));
    headers.set('origin', origin);
    if (cookie) headers.set('cookie', cookie);
    const response = await fetch(input, { method: init?.method ?? 'GET', body: typeof init?.body === 'string' ? init.body : null, headers });
    cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie;
    return response;
  };
  const call = createTRPCClient<AppRouter>({ links: [httpLink({ url: `${origin}/api/trpc`, transformer: superjson, fetch: keep })] });
  const account = { name, email: `${name}-${crypto.randomUUID()}@bench.example`, password: 'correct horse battery' };
  await call.session.register.mutate(invitation === undefined ? { ...account, organisation: name } : { ...account, invitation });
  const me = await call.session.me.query();
  const [market] = await call.market.list.query();
  const own = invitation === undefined ? await call.formula.create.mutate({ name: `Of ${name}`, code: 'buy(when: close > open)' }) : null;
  return { call, cookie, orgId: me?.org.id ?? '', marketId: market?.id ?? '', formulaId: own?.id ?? '' };
}
