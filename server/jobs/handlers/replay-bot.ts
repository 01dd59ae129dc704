import type { PayloadOf } from '#server/queue/definition.ts';
import type { replayBot as definition } from '#server/queue/definitions.ts';
import { read } from '#server/use-cases/act/read.ts';
import { replayBot } from '#server/use-cases/bot/tick-bot.ts';
import { bySystem } from '#server/use-cases/context.ts';
import { findEntitlements } from '#server/use-cases/quota.ts';
import type { JobHandler } from '../handler.ts';

export const handler: JobHandler<PayloadOf<typeof definition>> = {
  run: async (payload, context) => {
    const { runTime, weight } = await read(
      bySystem(context.db, { task: 'replay-bot', orgId: payload.orgId }),
      'org.read',
      (tx) => findEntitlements(tx, payload.orgId),
    );
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
};
