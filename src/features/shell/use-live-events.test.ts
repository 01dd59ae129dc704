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

const session = { lastEventId: '4', org: { id: 'org' } };
vi.mock('./session.tsx', () => ({ useSession: () => session }));

function openTab() {
  const begun: { input: unknown; observer: Observer<object, TRPCClientError<AppRouter>> }[] = [];
  const line: TRPCLink<AppRouter> =
    () =>
    ({ op }) =>
      observable((observer) => {
        begun.push({ input: op.input, observer: observer as never });
      });
  const tab = { state: '', begun };
  function Tab() {
    tab.state = useLiveEvents();
    return null;
  }
  const queryClient = new QueryClient();
  const trpcClient = createTRPCClient<AppRouter>({ links: [lastingLink(), line] });
  const show = () =>
    mount(
      createElement(QueryClientProvider, {
        client: queryClient,
        children: createElement(TRPCProvider, { trpcClient, queryClient, children: createElement(Tab) }),
      }),
    );
  return Object.assign(tab, { show });
}

const FIVE = { type: 'data', id: '5', data: { id: '5', data: { kind: 'market.import', payload: {} } } };

it('a tab whose events end in an error is offline until they go on, behind the last event', async () => {
  const tab = openTab();
  const { begun } = tab;
  const page = await tab.show();
  const say = (result: object) => page.renders(() => begun.at(-1)?.observer.next({ result }));
  const shows = (expected: string) => vi.waitFor(() => expect(tab.state).toBe(expected), { timeout: 5_000 });
  await vi.waitFor(() => expect(begun).toHaveLength(1));
  await say({ type: 'started' });
  await shows('live');
  await say(FIVE);
  const data = { appCode: 'INTERNAL' };
  const error = { code: -32_603, message: 'Something went wrong on our side.', data };
  await page.renders(() => begun[0]?.observer.error(TRPCClientError.from({ error } as never)));
  await shows('offline');
  await vi.waitFor(() => expect(begun).toHaveLength(2), { timeout: 5_000 });
  expect(begun[1]?.input).toEqual({ lastEventId: '5' });
  expect(tab.state).toBe('offline');
  await say({ type: 'started' });
  await shows('live');
  await page.unmount();
});

it('a tab that leaves the app and comes back goes on behind the last event that it has heard, whatever has happened since', async () => {
  const tab = openTab();
  const first = await tab.show();
  await vi.waitFor(() => expect(tab.begun).toHaveLength(1));
  await first.renders(() => tab.begun[0]?.observer.next({ result: FIVE }));
  await first.unmount();
  // Another page has asked who is signed in; the lists that are kept are as old as before.
  session.lastEventId = '9';
  const second = await tab.show();
  await vi.waitFor(() => expect(tab.begun).toHaveLength(2));
  expect(tab.begun.map(({ input }) => input)).toEqual([{ lastEventId: '4' }, { lastEventId: '5' }]);
  await second.unmount();
  session.org.id = 'another';
  const third = await tab.show();
  await vi.waitFor(() => expect(tab.begun).toHaveLength(3));
  expect(tab.begun.at(-1)?.input).toEqual({ lastEventId: '9' });
  await third.unmount();
});
