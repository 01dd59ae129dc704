import type { TRPCClientError, TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import { appCodeOf } from './explain-error.ts';
import type { AppRouter } from './types.ts';

/** Outside of browsers nothing says that the machine is online again. */
const browser: Partial<Pick<typeof globalThis, 'addEventListener' | 'removeEventListener'>> = globalThis;

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 30_000;

/** Who may not, may not a moment later either. */
const isRefusalOfRights = (error: unknown): boolean =>
  ['UNAUTHENTICATED', 'FORBIDDEN'].includes(appCodeOf(error) ?? '');

/**
 * Begins a subscription that ended in an error again, behind the last event that it received: after a pause, which
 * grows until an event comes, and at once when the network is back. Meanwhile its state is that of a lost connection. A
 * refusal of rights is the end. (The websocket's client begins again by itself when the socket breaks, but not when the
 * server says an error.)
 */
export const lastingLink = (): TRPCLink<AppRouter> => () => (call) =>
  observable((observer) => {
    let input = call.op.input;
    let failures = 0;
    let isLost = false;
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let end = (): void => undefined;
    const begin = (): void => {
      timer = undefined;
      const running = call.next({ ...call.op, input }).subscribe({
        next: (envelope) => {
          const { result } = envelope;
          // A socket that is open says nothing of the subscription: what was lost is lost until it has begun.
          if (isLost && result.type === 'state' && result.error === null) return;
          if (result.type !== 'state') isLost = false;
          if ((result.type === undefined || result.type === 'data') && result.id !== undefined) {
            failures = 0;
            input = { ...(typeof input === 'object' ? input : {}), lastEventId: result.id };
          }
          observer.next(envelope);
        },
        error: again,
        complete: () => observer.complete(),
      });
      end = () => running.unsubscribe();
      // Unless it has failed before there was anything to end.
      if (isOver) end();
    };
    const again = (error: TRPCClientError<AppRouter>): void => {
      if (isOver) return;
      if (isRefusalOfRights(error)) return observer.error(error);
      isLost = true;
      observer.next({ result: { type: 'state', state: 'connecting', error } });
      const longest = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** failures);
      failures += 1;
      timer = setTimeout(begin, longest * (0.5 + Math.random() / 2));
    };
    const hurry = (): void => {
      if (timer === undefined) return;
      clearTimeout(timer);
      begin();
    };
    browser.addEventListener?.('online', hurry);
    begin();
    return () => {
      isOver = true;
      clearTimeout(timer);
      browser.removeEventListener?.('online', hurry);
      end();
    };
  });
