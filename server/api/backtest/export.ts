import { z } from 'zod';
import { AppError } from '#server/errors.ts';
import { UNTAKEN } from '#server/policies/limits.ts';
import type { Runtime } from '#server/runtime.ts';
import { traceOf } from '#server/use-cases/audit.ts';
import { getBacktestParts } from '#server/use-cases/backtest/read-backtests.ts';
import { EXPORTS, writeBacktest } from '#server/use-cases/backtest/write-backtest.ts';
import { recordDownload } from '#server/use-cases/record-download.ts';
import { answerPerson } from '../answer-route.ts';
import { id } from '../fields.ts';

const wanted = z.object({ id, what: z.enum(EXPORTS) });

async function* encoded(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const text of texts) yield encoder.encode(text);
}

/** `GET /api/backtests/<id>/<what>`: a finished run as a file, sent as it is written. */
export function handleBacktestExport(
  runtime: Runtime,
  request: Request,
  asked: { readonly id: string; readonly what: string },
): Promise<Response> {
  return answerPerson(runtime, request, {
    name: 'backtest.export',
    answer: async (caller, { inTurn }) => {
      const input = wanted.safeParse(asked);
      if (!input.success) throw new AppError('NOT_FOUND', `There is no such export; there are ${EXPORTS.join(', ')}.`);
      const { what } = input.data;
      const payer = { person: caller.actor.userId, organisation: caller.actor.orgId };
      runtime.limits.untaken.refuseMore(payer, 'heavy');
      // From here on: of many that ask at once, few may pass. Whatever its length, a file is one of the large answers until it is taken.
      caller.answer?.hold(payer, UNTAKEN.large + 1);
      const parts = await getBacktestParts(caller, input.data, inTurn);
      caller.answer?.hold(payer, parts.time.byteLength);
      await recordDownload(caller, { entity: 'backtest', entityId: input.data.id, what });
      runtime.security.downloaded(what, { ...traceOf(caller.from), person: caller.actor.userId });
      const name = `${parts.row.formulaName.replaceAll(/[^\w -]/g, '')} v${parts.row.versionNumber} ${parts.row.symbol.replaceAll(/\W/g, '')} ${what}`;
      return new Response(caller.answer?.write(encoded(writeBacktest(parts, what)), request.signal) ?? null, {
        headers: {
          'content-type': what.endsWith('.csv') ? 'text/csv; charset=utf-8' : 'application/json',
          'content-disposition': `attachment; filename="${name}"`,
          'cache-control': 'no-store',
        },
      });
    },
  });
}
