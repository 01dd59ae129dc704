import { finishStripeEvent } from '#server/db/queries/stripe-events.ts';
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
    const type = await actAcross(context, freely('Stripe has signed it'), ({ tx, nothingHappened }) => {
      nothingHappened();
      return finishStripeEvent(tx, eventId, context.now);
    });
    if (type !== null) log.info({ eventId, type }, 'stripe event');
  },
};
