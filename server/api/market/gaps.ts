import { z } from 'zod';
import { readGaps } from '#server/use-cases/market/read-gaps.ts';
import { id } from '../fields.ts';
import { orgProcedure } from '../trpc.ts';

export const gaps = orgProcedure('org.read', 'heavyRead')
  .input(z.object({ id, from: z.int().optional(), to: z.int().optional() }))
  .query(({ ctx, input }) => readGaps(ctx, input));
