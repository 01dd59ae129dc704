import { readFileSync } from 'node:fs';
import { globSync } from 'node:fs';
import { createTRPCClient, TRPCClientError, type TRPCLink } from '@trpc/client';
import { observable, type Observer } from '@trpc/server/observable';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { lastingLink } from './lasting-link.ts';
import type { AppRouter } from './types.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const refused = (appCode: string) =>
  new TRPCClientError<AppRouter>('No.', {
    result: { error: { code: -1, message: 'No.', data: { appCode } } } as never,
  });

/** A subscription over a line that the test answers for the server. */
function subscribe() {
  const begun: { input: unknown; line: Observer<never, TRPCClientError<AppRouter>> }[] = [];
  let open = 0;
  const line: TRPCLink<AppRouter> =
    () =>
    ({ op }) =>
      observable((observer) => {
        begun.push({ input: op.input, line: observer as never });
        open += 1;
        observer.next({ result: { type: 'state', state: 'pending', error: null } });
        return () => void (open -= 1);
      });
  const states: string[] = [];
  const events: unknown[] = [];
  const client = createTRPCClient<AppRouter>({ links: [lastingLink(), line] });
  const subscription = client.live.events.subscribe(
    { lastEventId: '4' },
    {
      onStarted: () => void states.push('started'),
      onConnectionStateChange: ({ state, error }) => void states.push(error ? 'lost' : state),
      onData: ({ id }) => void events.push(id),
      onError: () => void states.push('error'),
    },
  );
  const say = (result: object) => begun.at(-1)?.line.next({ result } as never);
  return {
    begun,
    states,
    events,
    open: () => open,
    start: () => say({ type: 'started' }),
    tell: (id: string) => say({ type: 'data', id, data: { id, data: { kind: 'team.changed', payload: {} } } }),
    fail: (appCode: string) => begun.at(-1)?.line.error(refused(appCode)),
    end: () => subscription.unsubscribe(),
  };
}

it.each(['INTERNAL', 'UNAVAILABLE', 'RATE_LIMITED', 'CONFLICT', 'INVALID'])(
  'a subscription that ended with %s begins again behind the last event, and is lost meanwhile',
  (code) => {
    const tab = subscribe();
    tab.start();
    tab.tell('5');
    tab.fail(code);
    expect(tab.states).toEqual(['pending', 'started', 'lost']);
    vi.advanceTimersByTime(500);
    expect(tab.begun.map(({ input }) => input)).toEqual([{ lastEventId: '4' }, { lastEventId: '5' }]);
    expect(tab.states.at(-1)).toBe('lost');
    tab.start();
    tab.tell('6');
    expect(tab.states).toEqual(['pending', 'started', 'lost', 'started']);
    expect(tab.events).toEqual(['5', '6']);
    expect(tab.open()).toBe(1);
  },
);

it.each(['UNAUTHENTICATED', 'FORBIDDEN'])('a subscription that ended with %s has ended', (code) => {
  const tab = subscribe();
  tab.fail(code);
  vi.advanceTimersByTime(100_000);
  expect(tab.states.at(-1)).toBe('error');
  expect(tab.begun).toHaveLength(1);
});

it('waits longer and longer while no event comes, without end; an event makes the next pause short again', () => {
  const tab = subscribe();
  for (let round = 0; round < 20; round += 1) {
    tab.start();
    tab.fail('INTERNAL');
    vi.advanceTimersByTime(30_000);
  }
  expect(tab.begun).toHaveLength(21);
  tab.fail('INTERNAL');
  vi.advanceTimersByTime(14_000);
  expect(tab.begun).toHaveLength(21);
  vi.advanceTimersByTime(16_000);
  tab.tell('5');
  tab.fail('INTERNAL');
  vi.advanceTimersByTime(500);
  expect(tab.begun).toHaveLength(23);
});

it('is not begun again by a tab that has left', () => {
  const tab = subscribe();
  tab.fail('INTERNAL');
  tab.end();
  vi.advanceTimersByTime(100_000);
  expect(tab.begun).toHaveLength(1);
  expect(tab.open()).toBe(0);
});

it('stands before every websocket of the browser', () => {
  const lines = globSync('src/**/*.{ts,tsx}')
    .filter((file) => !/\.test\.tsx?$/.test(file))
    .flatMap((file) => readFileSync(file, 'utf8').split('\n'))
    .filter((line) => line.includes('wsLink('));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('[lastingLink(), wsLink(');
});
