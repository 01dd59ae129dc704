import { z } from 'zod';
import { revokeInvitation as revoke } from '#server/use-cases/team/revoke-invitation.ts';
import { id } from '../fields.ts';
import { orgProcedure } from '../trpc.ts';

export const revokeInvitation = orgProcedure('team.manage', 'write')
  .input(z.object({ id }))
  .mutation(({ ctx, input }) => revoke(ctx, input));
