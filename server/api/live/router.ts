import { tracked } from '@trpc/server';
import { z } from 'zod';
import { followEvents } from '#server/use-cases/live/follow-events.ts';
import { orgProcedure, router } from '../trpc.ts';
import { events } from './answers.ts';

export const liveRouter = router({
  /** What happens in the organisation from now on, or since the last event that the browser has seen. */
  events: orgProcedure('org.read', 'subscribe')
    .input(
      z
        .object({
          lastEventId: z
            .string()
            .max(15)
            .regex(/^\d{1,15}$/, 'This is no id of an event.')
            .optional(),
        })
        .optional(),
    )
    .output(events)
    .subscription(async function* ({ ctx, input, signal }) {
      const since = input?.lastEventId === undefined ? null : Number(input.lastEventId);
      const leavePerson = ctx.limits.subscribe(ctx.principal.userId);
      try {
        const leaveSocket = ctx.connection?.subscribe();
        try {
          for await (const { sequence, event } of followEvents(ctx, since, signal ?? new AbortController().signal)) {
            yield tracked(String(sequence), event);
            // Who does not read what was sent is sent nothing more.
            await ctx.connection?.drained();
          }
        } finally {
          leaveSocket?.();
        }
      } finally {
        leavePerson();
      }
    }),
});
