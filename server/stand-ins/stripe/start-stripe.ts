import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Api } from './api.ts';
import { Delivery } from './deliver-events.ts';
import { readForm } from './form.ts';
import type { Price } from './objects.ts';
import { Pages } from './pages.ts';
import { Store } from './store.ts';
import { Subscriptions } from './subscriptions.ts';

/** What is sold: as somebody would have set it up at Stripe. */
const PRICES: readonly (readonly [
  plan: 'pro' | 'enterprise',
  Pick<Price, 'id' | 'nickname' | 'unit_amount' | 'recurring'>,
])[] = [
  [
    'pro',
    { id: 'price_pro_month', nickname: 'Pro', unit_amount: 4900, recurring: { interval: 'month', interval_count: 1 } },
  ],
  [
    'pro',
    { id: 'price_pro_year', nickname: 'Pro', unit_amount: 49_000, recurring: { interval: 'year', interval_count: 1 } },
  ],
  [
    'enterprise',
    {
      id: 'price_enterprise_month',
      nickname: 'Enterprise',
      unit_amount: 9900,
      recurring: { interval: 'month', interval_count: 1 },
    },
  ],
];

export interface StandIn {
  readonly apiBase: string;
  readonly secretKey: string;
  readonly webhookSecret: string;
  readonly prices: readonly { readonly plan: 'pro' | 'enterprise'; readonly price: string }[];
  /** What happens to subscriptions, for whoever wants it to happen now. */
  readonly subscriptions: Subscriptions;
  readonly store: Store;
  close(): Promise<void>;
}

interface Options {
  /** Where events are sent; null: nowhere. */
  readonly webhook: string | null;
  /** Where everything is kept; null: in memory. */
  readonly file: string | null;
}

const MOST_BODY = 100_000;

/**
 * Stands in for Stripe on this machine: the API, the pages to pay on, and signed events. Listens at a loopback address
 * alone, and takes no request that names another host: no page of somebody else's reaches it through a browser.
 */
export async function startStripe({ webhook, file }: Options): Promise<StandIn> {
  const secretKey = `sk_test_${randomBytes(16).toString('hex')}`;
  const webhookSecret = `whsec_${randomBytes(24).toString('hex')}`;
  const delivery = new Delivery(() => (webhook === null ? null : { url: webhook, secret: webhookSecret }));
  const store = new Store(file, (event) => delivery.send(event));
  await store.load();
  for (const [, price] of PRICES)
    store.put<Price>({ ...price, object: 'price', active: true, type: 'recurring', currency: 'usd' });

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const address = (): string => `http://127.0.0.1:${port}`;
  const subscriptions = new Subscriptions(store, address);
  const api = new Api({ store, subscriptions, secretKey, address });
  const pages = new Pages(store, subscriptions);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', headers } = request;
    const here = `127.0.0.1:${port}`;
    if (headers.host !== here) return void response.writeHead(421).end();
    const { pathname, search } = new URL(request.url ?? '/', `http://${here}`);
    const body = await readBody(request);
    const fields = readForm(method === 'GET' ? search.slice(1) : body);
    if (pathname.startsWith('/v1/')) {
      const secret = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
      const key = headers['idempotency-key'];
      const said = api.answer({
        method,
        path: pathname,
        fields,
        idempotencyKey: typeof key === 'string' ? key : undefined,
        secretKey: secret,
      });
      response.writeHead(said.status, { 'content-type': 'application/json' }).end(JSON.stringify(said.body));
      return;
    }
    // A form that another site sends is none of ours.
    if (method === 'POST' && headers.origin !== address()) return void response.writeHead(403).end();
    const shown = pages.answer(method, pathname, fields);
    if ('to' in shown) return void response.writeHead(303, { location: shown.to }).end();
    response
      .writeHead(shown.status, {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      })
      .end(shown.html);
  }

  return {
    apiBase: address(),
    secretKey,
    webhookSecret,
    prices: PRICES.map(([plan, { id }]) => ({ plan, price: id })),
    subscriptions,
    store,
    close: async () => {
      server.closeAllConnections();
      await Promise.all([new Promise((resolve) => server.close(resolve)), delivery.close()]);
      await store.settled();
    },
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > MOST_BODY) throw new Error('too large');
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}
