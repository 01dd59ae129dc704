import { z } from 'zod';
import { createVersion } from '#server/use-cases/version/create-version.ts';
import { id } from '../fields.ts';
import { orgProcedure } from '../trpc.ts';

export const create = orgProcedure('version.create', 'heavyWrite')
  .input(z.object({ formulaId: id, message: z.string().trim().max(500, 'Use at most 500 characters.') }))
  .mutation(({ ctx, input }) => createVersion(ctx, input));
