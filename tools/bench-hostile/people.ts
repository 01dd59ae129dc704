import { createTRPCClient, createWSClient, httpLink, splitLink, wsLink, type HTTPLinkOptions } from '@trpc/client';
import { WebSocket as NodeSocket } from 'ws';
import type { AppRouter } from '#server/api/router.ts';
import { transformer } from '#server/api/transformer.ts';

type FetchEsque = NonNullable<HTTPLinkOptions<AppRouter['_def']['_config']['$types']>['fetch']>;

/** A browser's socket, which sends its cookies by itself. */
export function socketWith(headers: Record<string, string>): typeof WebSocket {
  class Socket extends NodeSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols ?? [], { headers });
    }
  }
  return Socket as unknown as typeof WebSocket;
}

/** A person with a browser: an account, its cookie, and calls as that person; subscriptions go over one websocket. */
export async function newPerson(origin: string, name: string, invitation?: string) {
  let cookie = '';
  const keep: FetchEsque = async (input, init) => {
    const given = init?.headers ?? {};
    const headers = new Headers(
      given instanceof Headers
        ? given
        : Object.entries(given).map(([key, value]): [string, string] => [key, String(value)]),
    );
    headers.set('origin', origin);
    if (cookie) headers.set('cookie', cookie);
    const response = await fetch(input, {
      method: init?.method ?? 'GET',
      body: typeof init?.body === 'string' ? init.body : null,
      headers,
      signal: init?.signal ?? null,
    });
    cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie;
    return response;
  };
  const http = httpLink<AppRouter>({ url: `${origin}/api/trpc`, transformer, fetch: keep });
  const account = { name, email: `${name}-${crypto.randomUUID()}@bench.example`, password: 'correct horse battery' };
  await createTRPCClient<AppRouter>({ links: [http] }).session.register.mutate(
    invitation === undefined ? { ...account, organisation: name } : { ...account, invitation },
  );
  const socket = createWSClient({
    url: `${origin.replace('http', 'ws')}/trpc`,
    WebSocket: socketWith({ cookie, origin }),
    lazy: { enabled: true, closeMs: 1_000 },
  });
  const call = createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: ({ type }) => type === 'subscription',
        true: wsLink({ client: socket, transformer }),
        false: http,
      }),
    ],
  });
  const me = await call.session.me.query();
  const [market] = await call.market.list.query();
  const own =
    invitation === undefined
      ? await call.formula.create.mutate({ name: `Of ${name}`, code: 'buy(when: close > 0)\nsell(when: close > 0)' })
      : null;
  return { call, cookie, socket, orgId: me?.org.id ?? '', marketId: market?.id ?? '', formulaId: own?.id ?? '' };
}

export type Person = Awaited<ReturnType<typeof newPerson>>;
