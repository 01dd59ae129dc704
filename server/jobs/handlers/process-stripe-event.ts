import { and, eq, isNull } from 'drizzle-orm';
import { stripeEvents } from '#server/db/schema/index.ts';
import type { PayloadOf } from '#server/queue/definition.ts';
import type { processStripeEvent } from '#server/queue/definitions.ts';
import { actAcross } from '#server/use-cases/act/act.ts';
import { freely } from '#server/use-cases/act/right.ts';
import { NOWHERE } from '#server/use-cases/context.ts';
import type { JobHandler } from '../handler.ts';

/** Marks an event as seen to, once. What each type changes comes with the plans. */
export const handler: JobHandler<PayloadOf<typeof processStripeEvent>> = {
  run: async ({ eventId }, { db, log }) => {
    const context = { db, now: new Date(), from: NOWHERE };
    const done = await actAcross(context, freely('Stripe has signed it'), ({ tx, nothingHappened }) => {
      nothingHappened();
      return tx
        .update(stripeEvents)
        .set({ processedAt: new Date() })
        .where(and(eq(stripeEvents.id, eventId), isNull(stripeEvents.processedAt)))
        .returning({ type: stripeEvents.type });
    });
    if (done[0]) log.info({ eventId, type: done[0].type }, 'stripe event');
  },
};
