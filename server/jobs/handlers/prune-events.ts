import { forgetDeletedBacktests } from '#server/db/queries/backtests.ts';
import { deleteEventsOlderThan } from '#server/db/queries/events.ts';
import { deleteOldNotifications } from '#server/db/queries/notifications.ts';
import { KEPT_DAYS } from '#server/policies/notifications.ts';
import { actAcross } from '#server/use-cases/act/act.ts';
import { freely } from '#server/use-cases/act/right.ts';
import { NOWHERE } from '#server/use-cases/context.ts';
import type { JobHandler } from '../handler.ts';

/** A browser that was away for longer reads everything again. */
const KEPT_MS = 2 * 24 * 60 * 60_000;

/** A backtest that somebody has deleted can be brought back for so long. */
const DELETED_KEPT_MS = 30 * 24 * 60 * 60_000;

export const handler: JobHandler<Record<string, never>> = {
  run: async (_payload, { db }) => {
    const context = { db, now: new Date(), from: NOWHERE };
    await actAcross(
      context,
      freely('the house forgets old events, notifications and deleted backtests'),
      async ({ tx, nothingHappened }) => {
        await deleteEventsOlderThan(tx, KEPT_MS);
        await deleteOldNotifications(tx, KEPT_DAYS);
        await forgetDeletedBacktests(tx, new Date(context.now.getTime() - DELETED_KEPT_MS));
        nothingHappened();
      },
    );
  },
};
