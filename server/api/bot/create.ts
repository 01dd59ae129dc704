import { z } from 'zod';
import { createBot } from '#server/use-cases/bot/manage-bots.ts';
import { id, name } from '../fields.ts';
import { settings } from '../settings.ts';
import { orgProcedure } from '../trpc.ts';

export const create = orgProcedure('bot.manage', 'write')
  .input(z.object({ name: name('the bot a name'), versionId: id, marketId: id, mode: z.literal('paper', 'Bots trade on paper so far.'), settings }))
  .mutation(({ ctx, input }) => createBot(ctx, input));
