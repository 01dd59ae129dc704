import { z } from 'zod';
import type { listAudit } from '#server/use-cases/audit/list-audit.ts';
import type { verifyAudit } from '#server/use-cases/audit/verify-audit.ts';
import { figure, id, type AnswerOf } from '../answers.ts';

export const rows: AnswerOf<typeof listAudit> = z.array(
  z.strictObject({
    id: z.string(),
    at: figure,
    actorId: id('user').nullable(),
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

export const verified: AnswerOf<typeof verifyAudit> = z.strictObject({
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
