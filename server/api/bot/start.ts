import { z } from 'zod';
import { startBot } from '#server/use-cases/bot/manage-bots.ts';
import { id } from '../fields.ts';
import { orgProcedure } from '../trpc.ts';

export const start = orgProcedure('bot.manage', 'write')
  .input(z.object({ id }))
  .mutation(({ ctx, input }) => startBot(ctx, input));
