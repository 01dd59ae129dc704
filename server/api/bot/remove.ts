import { z } from 'zod';
import { removeBot } from '#server/use-cases/bot/manage-bots.ts';
import { id } from '../fields.ts';
import { orgProcedure } from '../trpc.ts';

export const remove = orgProcedure('bot.manage', 'write')
  .input(z.object({ id }))
  .mutation(({ ctx, input }) => removeBot(ctx, input));
