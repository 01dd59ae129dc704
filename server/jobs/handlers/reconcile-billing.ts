import { reconcileBilling } from '#server/use-cases/billing/reconcile-billing.ts';
import type { JobHandler } from '../handler.ts';

export const handler: JobHandler<Record<string, never>> = {
  run: async (_payload, { db, billing, log }) => {
    const missed = await reconcileBilling(db, billing, new Date());
    if (missed > 0) log.info({ customers: missed }, 'customers that had events are looked at again');
  },
};
