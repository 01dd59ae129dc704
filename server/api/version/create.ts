import { z } from 'zod';
import { createVersion } from '#server/use-cases/version/create-version.ts';
import { id, trimmed } from '../fields.ts';
import { orgProcedure } from '../trpc.ts';

export const create = orgProcedure('version.create', 'heavyWrite')
  .input(z.object({ formulaId: id, message: trimmed(500) }))
  .mutation(({ ctx, input }) => createVersion(ctx, input));
