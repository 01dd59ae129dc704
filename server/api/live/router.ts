import { tracked, type TrackedEnvelope } from '@trpc/server';
import { z } from 'zod';
import type { LiveEvent } from '#server/live/event.ts';
import { followEvents } from '#server/use-cases/live/follow-events.ts';
import { orgProcedure, router } from '../trpc.ts';

/** Events as they come, each of which was written by the catalogue of what can happen. */
const events = z.custom<AsyncIterable<TrackedEnvelope<LiveEvent>>>(
  (value) => typeof value === 'object' && value !== null && Symbol.asyncIterator in value,
  'no stream',
);

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
