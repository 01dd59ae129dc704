import { z } from 'zod';
import { pauseBot } from '#server/use-cases/bot/manage-bots.ts';
import { id } from '../fields.ts';
import { orgProcedure } from '../trpc.ts';

export const pause = orgProcedure('bot.manage', 'write')
  .input(z.object({ id }))
  .mutation(({ ctx, input }) => pauseBot(ctx, input));
