import { z } from 'zod';
import { readBars } from '#server/use-cases/market/read-bars.ts';
import { id, time } from '../fields.ts';
import { orgProcedure } from '../trpc.ts';

export const bars = orgProcedure('org.read', 'heavyRead')
  .input(z.object({ id, from: time.optional(), to: time.optional(), last: z.int().min(1).max(20_000).optional(), maxPoints: z.int().min(1).max(20_000).default(20_000) }))
  .query(({ ctx, input }) => readBars(ctx, input));
