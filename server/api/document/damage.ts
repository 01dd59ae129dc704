import { z } from 'zod';
import { findDamage } from '#server/use-cases/document/recover-document.ts';
import { id } from '../fields.ts';
import { orgProcedure } from '../trpc.ts';

export const damage = orgProcedure('org.read', 'heavyRead')
  .input(z.object({ formulaId: id }))
  .query(({ ctx, input }) => findDamage(ctx, input));
