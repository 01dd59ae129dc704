import { z } from 'zod';
import { listVersions } from '#server/use-cases/version/list-versions.ts';
import { id } from '../fields.ts';
import { orgProcedure } from '../trpc.ts';

export const list = orgProcedure('org.read', 'read')
  .input(z.object({ formulaId: id }))
  .query(({ ctx, input }) => listVersions(ctx, input));
