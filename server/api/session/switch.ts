import { z } from 'zod';
import { switchOrganisation } from '#server/use-cases/session/switch-organisation.ts';
import { id } from '../fields.ts';
import { signedInProcedure } from '../trpc.ts';

export const switchTo = signedInProcedure('write')
  .input(z.object({ orgId: id }))
  .mutation(({ ctx, input }) => switchOrganisation(ctx, input));
