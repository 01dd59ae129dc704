import { z } from 'zod';
import { listAudit } from '#server/use-cases/audit/list-audit.ts';
import { verifyAudit } from '#server/use-cases/audit/verify-audit.ts';
import { page } from '../fields.ts';
import { orgProcedure, router } from '../trpc.ts';
import { rows, verified } from './answers.ts';
import { auditFilter } from './filter.ts';

export const auditRouter = router({
  list: orgProcedure('audit.read', 'heavyRead')
    .input(z.object({ ...auditFilter, ...page(200) }).prefault({}))
    .output(rows)
    .query(({ ctx, input }) => listAudit(ctx, input)),
  verify: orgProcedure('audit.read', 'heavyRead')
    .output(verified)
    .query(({ ctx }) => verifyAudit(ctx)),
});
