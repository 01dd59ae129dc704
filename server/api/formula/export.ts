import { z } from 'zod';
import { traceOf } from '#server/use-cases/audit.ts';
import { exportFormula } from '#server/use-cases/formula/export-formula.ts';
import { id } from '../fields.ts';
import { orgProcedure } from '../trpc.ts';

export const exportFile = orgProcedure('org.read', 'heavyRead')
  .input(z.object({ id }))
  .query(async ({ ctx, input }) => {
    const file = await exportFormula(ctx, input);
    ctx.security.downloaded('formula', { ...traceOf(ctx.from), person: ctx.actor.userId });
    return file;
  });
