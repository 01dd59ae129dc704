import { z } from 'zod';
import { AppError } from '#server/errors.ts';
import { UNTAKEN } from '#server/policies/limits.ts';
import type { Runtime } from '#server/runtime.ts';
import { getBacktestParts, recordDownload } from '#server/use-cases/backtest/read-backtests.ts';
import { EXPORTS, writeBacktest } from '#server/use-cases/backtest/write-backtest.ts';
import { traceOf } from '#server/use-cases/context.ts';
import { answerPerson, encoded } from '../answer-route.ts';
import { id } from '../fields.ts';

const wanted = z.object({ id: id('backtest'), what: z.enum(EXPORTS) });

/** `GET /api/backtests/<id>/<what>`: a finished run as a file, sent as it is written. */
export function handleBacktestExport(
  runtime: Runtime,
  request: Request,
  asked: { readonly id: string; readonly what: string },
): Promise<Response> {
  return answerPerson(runtime, request, {
    name: 'backtest.export',
    asked,
    input: wanted,
    otherwise: () => new AppError('NOT_FOUND', `There is no such export; there are ${EXPORTS.join(', ')}.`),
    answer: async (caller, input, { inTurn }) => {
      const { what } = input;
      const payer = { person: caller.principal.userId, organisation: caller.principal.orgId };
      runtime.limits.untaken.refuseMore(payer, 'heavy');
      // From here on: of many that ask at once, few may pass. Whatever its length, a file is one of the large answers
      // until it is taken.
      caller.answer?.hold(payer, UNTAKEN.large + 1);
      const parts = await getBacktestParts(caller, input, inTurn);
      caller.answer?.hold(payer, parts.time.byteLength);
      await recordDownload(caller, input);
      runtime.security.downloaded(what, { ...traceOf(caller.from), person: caller.principal.userId });
      const name = `${parts.row.formulaName.replaceAll(/[^\w -]/g, '')} ${nameOfVersion(parts.row)} ${parts.row.symbol.replaceAll(/\W/g, '')} ${what}`;
      return new Response(caller.answer?.write(payer, encoded(writeBacktest(parts, what)), request.signal) ?? null, {
        headers: {
          'content-type': what.endsWith('.csv') ? 'text/csv; charset=utf-8' : 'application/json',
          'content-disposition': `attachment; filename="${name}"`,
          'cache-control': 'no-store',
        },
      });
    },
  });
}

/** As files name what was run. */
const nameOfVersion = ({
  versionNumber,
  contentHash,
}: {
  versionNumber: number | null;
  contentHash: string;
}): string => (versionNumber === null ? contentHash.slice(0, 8) : `v${versionNumber}`);
