// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createTRPCClient, TRPCClientError, type TRPCLink } from '@trpc/client';
import { observable, type Observer } from '@trpc/server/observable';
import { createElement } from 'react';
import { expect, it, vi } from 'vitest';
import { TRPCProvider } from '#trpc/client.ts';
import { lastingLink } from '#trpc/lasting-link.ts';
import type { AppRouter } from '#trpc/types.ts';
import { mount } from '#ui/testing/mount.ts';
import { useLiveEvents } from './use-live-events.ts';

vi.mock('./session.tsx', () => ({ useSession: () => ({ lastEventId: '4' }) }));

it('a tab whose events end in an error is offline until they go on, behind the last event', async () => {
  const begun: { input: unknown; observer: Observer<object, TRPCClientError<AppRouter>> }[] = [];
  const line: TRPCLink<AppRouter> =
    () =>
    ({ op }) =>
      observable((observer) => {
        begun.push({ input: op.input, observer: observer as never });
      });
  let state = '';
  function Tab() {
    state = useLiveEvents();
    return null;
  }
  const queryClient = new QueryClient();
  const trpcClient = createTRPCClient<AppRouter>({ links: [lastingLink(), line] });
  const page = await mount(
    createElement(QueryClientProvider, {
      client: queryClient,
      children: createElement(TRPCProvider, { trpcClient, queryClient, children: createElement(Tab) }),
    }),
  );
  const say = (result: object) => page.renders(() => begun.at(-1)?.observer.next({ result }));
  const shows = (expected: string) => vi.waitFor(() => expect(state).toBe(expected), { timeout: 5_000 });
  await vi.waitFor(() => expect(begun).toHaveLength(1));
  await say({ type: 'started' });
  await shows('live');
  await say({ type: 'data', id: '5', data: { id: '5', data: { kind: 'market.import', payload: {} } } });
  const data = { appCode: 'INTERNAL' };
  const error = { code: -32_603, message: 'Something went wrong on our side.', data };
  await page.renders(() => begun[0]?.observer.error(TRPCClientError.from({ error } as never)));
  await shows('offline');
  await vi.waitFor(() => expect(begun).toHaveLength(2), { timeout: 5_000 });
  expect(begun[1]?.input).toEqual({ lastEventId: '5' });
  expect(state).toBe('offline');
  await say({ type: 'started' });
  await shows('live');
  await page.unmount();
});
