import type { Page } from '@playwright/test';
import { createTRPCClient, httpLink } from '@trpc/client';
import { transformer } from '../../src/trpc/transformer.ts';
import type { AppRouter } from '../../src/trpc/types.ts';

/**
 * Each person calls from a network of their own, as through a proxy: hundreds who register from one network within
 * minutes are refused.
 */
const worker = Number(process.env['TEST_WORKER_INDEX'] ?? 0) & 255;
let networks = 0;
const nextNetwork = (): string => `10.${worker}.${(networks += 1) & 255}.1`;

/** The API as this page's browser calls it: with the cookies of its context, which keeps those that come back. */
export const apiOf = (page: Page) => {
  const network = nextNetwork();
  return createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url: '/api/trpc',
        transformer,
        fetch: async (address, { method, body, headers } = {}) => {
          const response = await page.context().request.fetch(address.toString(), {
            ...(method ? { method } : {}),
            // A connection that is kept may be closed by the server at the moment at which it is used again.
            headers: { ...Object.fromEntries(new Headers(headers)), 'x-forwarded-for': network, connection: 'close' },
            ...(typeof body === 'string' ? { data: body } : {}),
          });
          return new Response(await response.text(), { status: response.status() });
        },
      }),
    ],
  });
};
