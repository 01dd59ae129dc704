import { z } from 'zod';
import { listAudit } from '#server/use-cases/audit/list-audit.ts';
import { verifyAudit } from '#server/use-cases/audit/verify-audit.ts';
import { figure, id as idOut, type AnswerOf } from '../answers.ts';
import { id, page, text, time } from '../fields.ts';
import { orgProcedure, router } from '../trpc.ts';

const rows: AnswerOf<typeof listAudit> = z.array(
  z.strictObject({
    id: z.string(),
    at: figure,
    actorId: idOut('user').nullable(),
    actor: z.string().nullable(),
    actorKind: z.enum(['person', 'key', 'bot', 'system', 'stranger']).nullable(),
    action: z.string(),
    entity: z.string(),
    entityId: z.string(),
    ip: z.string().nullable(),
    device: z.string().nullable(),
    requestId: z.string().nullable(),
    difference: z.array(
      z.strictObject({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
    ),
  }),
);

const verified: AnswerOf<typeof verifyAudit> = z.strictObject({
  rows: figure,
  erased: figure,
  older: figure,
  head: z.strictObject({ sequence: figure, hash: z.string() }).nullable(),
  broken: z
    .strictObject({
      sequence: figure,
      id: z.string().nullable(),
      at: figure.nullable(),
      action: z.string().nullable(),
      why: z.string(),
    })
    .nullable(),
});

/** What narrows the audit down. */
const auditFilter = {
  actorId: id('user').optional(),
  action: text(100).optional(),
  entity: text(100).optional(),
  entityId: text(200).optional(),
  from: time.optional(),
  to: time.optional(),
  ip: text(64).optional(),
  device: text(100).optional(),
  requestId: text(100).optional(),
};

export const auditRouter = router({
  list: orgProcedure('audit.read', 'heavyRead')
    .input(z.object({ ...auditFilter, ...page(200) }).prefault({}))
    .output(rows)
    .query(({ ctx, input }) => listAudit(ctx, input)),
  verify: orgProcedure('audit.read', 'heavyRead')
    .output(verified)
    .query(({ ctx }) => verifyAudit(ctx)),
});
