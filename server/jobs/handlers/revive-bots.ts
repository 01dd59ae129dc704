import { asSystem } from '#server/db/database.ts';
import { listStuckBots } from '#server/db/queries/bots.ts';
import { addJob } from '#server/queue/add-job.ts';
import { tickBot } from '#server/queue/definitions.ts';
import { flagsOf } from '#server/queue/fair-turns.ts';
import type { JobHandler } from '../handler.ts';

/** A bot that has not moved for this long has lost its job. A job too many does no harm: each tick is done once. */
const STUCK_AFTER = 45_000;

export const handler: JobHandler<Record<string, never>> = {
  run: async (_payload, { db, log }) => {
    await asSystem(db, async (tx) => {
      for (const { id, orgId, step } of await listStuckBots(tx, STUCK_AFTER)) {
        await addJob(tx, tickBot, { orgId, botId: id, step }, { flags: flagsOf(orgId, false) });
        log.warn({ botId: id }, 'revived a bot');
      }
    });
  },
};
