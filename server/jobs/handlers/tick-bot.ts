import { tickBot } from '#server/use-cases/bot/tick-bot.ts';
import type { PayloadOf } from '../definition.ts';
import type { tickBot as definition } from '../definitions/tick-bot.ts';
import type { JobHandler } from '../handler.ts';

export const handler: JobHandler<PayloadOf<typeof definition>> = {
  run: async (payload, context) => {
    const due = await tickBot(context.db, payload, (tx, market) => context.bars.load(tx, market), () => new Date());
    if (due) context.wakeAt(due);
  },
};
