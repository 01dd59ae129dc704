import { z } from 'zod';
import { getVersion } from '#server/use-cases/version/get-version.ts';
import { id } from '../fields.ts';
import { orgProcedure } from '../trpc.ts';

export const get = orgProcedure('org.read', 'read')
  .input(z.object({ id }))
  .query(({ ctx, input }) => getVersion(ctx, input));
