import { z } from 'zod';
import { readGaps } from '#server/use-cases/market/read-gaps.ts';
import { id, time } from '../fields.ts';
import { orgProcedure } from '../trpc.ts';

export const gaps = orgProcedure('org.read', 'heavyRead')
  .input(z.object({ id, from: time.optional(), to: time.optional() }))
  .query(({ ctx, input }) => readGaps(ctx, input));
