import type { PayloadOf } from '#server/queue/definition.ts';
import type { tickBot as definition } from '#server/queue/definitions.ts';
import { giveUpTick, tickBot } from '#server/use-cases/bot/tick-bot.ts';
import { type JobHandler, WorkerStopping } from '../handler.ts';

/** Milliseconds that a bot may take for one bar; its plan bounds what it looks back over, so that none comes near. */
const MOST_TIME = 20_000;

export const handler: JobHandler<PayloadOf<typeof definition>> = {
  run: async (payload, context) => {
    const wait = await tickBot(context.db, payload, {
      load: (tx, market) => context.bars.load(tx, market),
      formulas: context.formulas,
      advance: async (task) => {
        const outcome = await (
          await context.bots()
        ).run('advance', task, {
          signal: context.stopping,
          claim: { owner: payload.orgId, weight: 1, mostTime: MOST_TIME, spent: 0 },
        });
        if (outcome.type === 'stopped') throw new WorkerStopping();
        return outcome;
      },
    });
    if (wait !== null) context.wakeIn(wait);
  },
  giveUp: giveUpTick,
};
