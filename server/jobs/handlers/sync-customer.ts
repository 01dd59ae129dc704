import type { PayloadOf } from '#server/queue/definition.ts';
import type { syncCustomer as definition } from '#server/queue/definitions.ts';
import { syncCustomer } from '#server/use-cases/billing/sync-customer.ts';
import type { JobHandler } from '../handler.ts';

export const handler: JobHandler<PayloadOf<typeof definition>> = {
  run: async ({ customerId }, { db, billing }) => {
    // An event came while Stripe was set up: a server without it leaves the job to one that has it.
    if (!billing) throw new Error('Stripe is not set up on this worker: STRIPE_SECRET_KEY is missing');
    await syncCustomer(db, billing, customerId);
  },
};
