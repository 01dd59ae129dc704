import { listStuckBots } from '#server/db/queries/bots.ts';
import { tickBot } from '#server/queue/definitions.ts';
import { flagsOf } from '#server/queue/fair-turns.ts';
import { prepareJob } from '#server/queue/prepare-job.ts';
import { actAcross } from '#server/use-cases/act/act.ts';
import { freely } from '#server/use-cases/act/right.ts';
import { NOWHERE } from '#server/use-cases/context.ts';
import type { JobHandler } from '../handler.ts';

/** A bot that has not moved for this long has lost its job. A job too many does no harm: each tick is done once. */
const STUCK_AFTER = 45_000;

export const handler: JobHandler<Record<string, never>> = {
  run: async (_payload, { db, log }) => {
    const context = { db, now: new Date(), from: NOWHERE };
    await actAcross(context, freely('the house looks after running bots'), async (unit) => {
      unit.nothingHappened();
      for (const { id, orgId, step } of await listStuckBots(unit.tx, STUCK_AFTER)) {
        const next = prepareJob(tickBot, { orgId, botId: id, step }, { flags: flagsOf(orgId, false) });
        unit.happenedIn(orgId, { kind: 'system', task: 'revive-bots', orgId }, 'bot.advanced', { next });
        log.warn({ botId: id }, 'revived a bot');
      }
    });
  },
};
