import { z } from 'zod';
import { createBot, getBot, listBots, pauseBot, removeBot, startBot } from '#server/use-cases/bot/manage-bots.ts';
import { created, nothing } from '../answers.ts';
import { id, name, page } from '../fields.ts';
import { settings } from '../settings.ts';
import { orgProcedure, router } from '../trpc.ts';
import * as answers from './answers.ts';

export const botRouter = router({
  list: orgProcedure('org.read', 'read')
    .input(z.object(page(1000)).prefault({}))
    .output(answers.bots)
    .query(({ ctx, input }) => listBots(ctx, input)),
  get: orgProcedure('org.read', 'read')
    .input(z.object({ id: id('bot') }))
    .output(answers.bot)
    .query(({ ctx, input }) => getBot(ctx, input)),
  create: orgProcedure('bot.manage', 'write')
    .input(
      z.object({
        name: name('the bot a name'),
        versionId: id('version'),
        marketId: id('market'),
        mode: z.literal('paper', 'Bots trade on paper so far.'),
        settings,
      }),
    )
    .output(created('bot'))
    .mutation(({ ctx, input }) => createBot(ctx, input)),
  start: orgProcedure('bot.manage', 'write')
    .input(z.object({ id: id('bot') }))
    .output(nothing)
    .mutation(({ ctx, input }) => startBot(ctx, input)),
  pause: orgProcedure('bot.manage', 'write')
    .input(z.object({ id: id('bot') }))
    .output(nothing)
    .mutation(({ ctx, input }) => pauseBot(ctx, input)),
  remove: orgProcedure('bot.manage', 'write')
    .input(z.object({ id: id('bot') }))
    .output(nothing)
    .mutation(({ ctx, input }) => removeBot(ctx, input)),
});
