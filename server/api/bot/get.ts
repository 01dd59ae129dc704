import { z } from 'zod';
import { getBot } from '#server/use-cases/bot/manage-bots.ts';
import { id } from '../fields.ts';
import { orgProcedure } from '../trpc.ts';

export const get = orgProcedure('org.read', 'read')
  .input(z.object({ id }))
  .query(({ ctx, input }) => getBot(ctx, input));
