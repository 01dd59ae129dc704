import { withOrg } from '#server/db/database.ts';
import type { PayloadOf } from '#server/queue/definition.ts';
import type { replayBot as definition } from '#server/queue/definitions.ts';
import { giveUpTick, replayBot } from '#server/use-cases/bot/tick-bot.ts';
import { findEntitlements } from '#server/use-cases/quota.ts';
import type { JobHandler } from '../handler.ts';

export const handler: JobHandler<PayloadOf<typeof definition>> = {
  run: async (payload, context) => {
    const { runTime, weight } = await withOrg(context.db, payload.orgId, (tx) => findEntitlements(tx, payload.orgId));
    const due = await replayBot(context.db, payload, {
      load: (tx, market) => context.bars.load(tx, market),
      advance: (task) =>
        context.compute.run('advance', task, {
          signal: context.stopping,
          claim: { owner: payload.orgId, weight, mostTime: runTime, spent: 0 },
        }),
      now: () => new Date(),
    });
    if (due) context.wakeAt(due);
  },
  giveUp: giveUpTick,
};
