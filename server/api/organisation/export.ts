import { z } from 'zod';
import { UNTAKEN } from '#server/policies/limits.ts';
import type { Runtime } from '#server/runtime.ts';
import { traceOf } from '#server/use-cases/context.ts';
import { recordExport, writeOrganisation } from '#server/use-cases/team/export-organisation.ts';
import { answerPerson, encoded } from '../answer-route.ts';

/** `GET /api/organisation/export`: everything that the organisation has, as lines of JSON, sent as it is read. */
export const handleOrganisationExport = (runtime: Runtime, request: Request): Promise<Response> =>
  answerPerson(runtime, request, {
    name: 'organisation.export',
    asked: {},
    input: z.object({}),
    answer: async (caller) => {
      const payer = { person: caller.principal.userId, organisation: caller.principal.orgId };
      runtime.limits.untaken.refuseMore(payer, 'heavy');
      caller.answer?.hold(payer, UNTAKEN.large + 1);
      await recordExport(caller);
      runtime.security.downloaded('organisation', { ...traceOf(caller.from), person: caller.principal.userId });
      return new Response(caller.answer?.write(payer, encoded(writeOrganisation(caller)), request.signal) ?? null, {
        headers: {
          'content-type': 'application/x-ndjson; charset=utf-8',
          'content-disposition': 'attachment; filename="organisation.ndjson"',
          'cache-control': 'no-store',
        },
      });
    },
  });
