import { z } from 'zod';
import { restoreVersion } from '#server/use-cases/version/restore-version.ts';
import { id } from '../fields.ts';
import { orgProcedure } from '../trpc.ts';

export const restore = orgProcedure('formula.edit', 'heavyWrite')
  .input(z.object({ id }))
  .mutation(({ ctx, input }) => restoreVersion(ctx, input));
