import { TRPCClientError, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import { appCodeOf } from './explain-error.ts';
import { askToStepUp } from './step-up.ts';
import type { AppRouter } from './types.ts';

/**
 * What the server wants confirmed first is asked of the person, and done then. Whoever calls sees an answer that took a
 * while, or the refusal when the person did not confirm.
 */
export const stepUpLink =
  (): TRPCLink<AppRouter> =>
  () =>
  ({ next, op }) =>
    observable((observer) => {
      let current: { unsubscribe(): void } | null = null;
      let isOver = false;
      const run = (mayAsk: boolean): void => {
        current = next(op).subscribe({
          next: (value) => observer.next(value),
          complete: () => observer.complete(),
          error: (error) => {
            if (!mayAsk || appCodeOf(error) !== 'STEP_UP') return observer.error(error);
            void askToStepUp().then((confirmed) => {
              if (isOver) return;
              if (confirmed) run(false);
              else
                observer.error(error instanceof TRPCClientError ? error : TRPCClientError.from(new Error('refused')));
            });
          },
        });
      };
      run(true);
      return () => {
        isOver = true;
        current?.unsubscribe();
      };
    });
