import { z } from 'zod';
import { AppError } from '#server/errors.ts';
import { UNTAKEN } from '#server/policies/limits.ts';
import type { Runtime } from '#server/runtime.ts';
import { writeAudit } from '#server/use-cases/audit/list-audit.ts';
import { recordAuditDownload } from '#server/use-cases/audit/record-audit-download.ts';
import { traceOf } from '#server/use-cases/context.ts';
import { answerPerson, encoded } from '../answer-route.ts';
import { id, text } from '../fields.ts';

const time = z.coerce
  .number()
  .pipe(
    z
      .int()
      .min(Date.UTC(1000, 0, 1))
      .max(Date.UTC(9999, 11, 31)),
  )
  .optional();
const wanted = z.object({
  actorId: id('user').optional(),
  action: text(100).optional(),
  entity: text(100).optional(),
  entityId: text(200).optional(),
  from: time,
  to: time,
  ip: text(64).optional(),
  device: text(100).optional(),
  requestId: text(100).optional(),
});

/** `GET /api/audit/export`: what the filters of the page find, as a file, sent as it is read. */
export const handleAuditExport = (runtime: Runtime, request: Request): Promise<Response> =>
  answerPerson(runtime, request, {
    name: 'audit.export',
    asked: Object.fromEntries(new URL(request.url).searchParams),
    input: wanted,
    otherwise: () => new AppError('INVALID', 'This is no filter of the audit trail. Set the filters on its page.'),
    answer: async (caller, input) => {
      const payer = { person: caller.principal.userId, organisation: caller.principal.orgId };
      runtime.limits.untaken.refuseMore(payer, 'heavy');
      caller.answer?.hold(payer, UNTAKEN.large + 1);
      await recordAuditDownload(caller);
      runtime.security.downloaded('audit', { ...traceOf(caller.from), person: caller.principal.userId });
      return new Response(caller.answer?.write(payer, encoded(writeAudit(caller, input)), request.signal) ?? null, {
        headers: {
          'content-type': 'text/csv; charset=utf-8',
          'content-disposition': 'attachment; filename="audit.csv"',
          'cache-control': 'no-store',
        },
      });
    },
  });
