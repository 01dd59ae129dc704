import { pruneSignals } from '#server/use-cases/billing/prune-signals.ts';
import type { JobHandler } from '../handler.ts';

export const handler: JobHandler<Record<string, never>> = {
  run: async (_payload, { db, log }) => {
    const deleted = await pruneSignals(db, new Date());
    if (deleted > 0) log.info({ deleted }, 'signals that their plans keep no longer');
  },
};
