import { z } from 'zod';
import { AppError } from '#server/errors.ts';
import type { Runtime } from '#server/runtime.ts';
import { getBacktestParts } from '#server/use-cases/backtest/read-backtests.ts';
import { EXPORTS, writeBacktest } from '#server/use-cases/backtest/write-backtest.ts';
import { traceOf } from '#server/use-cases/audit.ts';
import { recordDownload } from '#server/use-cases/record-download.ts';
import { createRequestContext } from '../context.ts';
import { id } from '../fields.ts';
import { answerFailure } from '../answer-failure.ts';

const wanted = z.object({ id, what: z.enum(EXPORTS) });

/** `GET /api/backtests/<id>/<what>`: a finished run as a file, sent as it is written. */
export async function handleBacktestExport(runtime: Runtime, request: Request, asked: { readonly id: string; readonly what: string }): Promise<Response> {
  const context = createRequestContext(runtime, request, null);
  try {
    const actor = await context.authenticate();
    if (!actor) throw new AppError('UNAUTHENTICATED', 'Sign in first.');
    const charged = { address: context.from.ip, person: actor.userId, organisation: actor.orgId };
    await runtime.limits.charge('heavyRead', charged);
    const input = wanted.safeParse(asked);
    if (!input.success) throw new AppError('NOT_FOUND', `There is no such export; there are ${EXPORTS.join(', ')}.`);
    const { what } = input.data;
    const caller = { ...context, actor, now: new Date() };
    const parts = await runtime.limits.inTurn('heavyRead', charged, () => getBacktestParts(caller, input.data));
    await recordDownload(caller, { entity: 'backtest', entityId: input.data.id, what });
    runtime.security.downloaded(what, { ...traceOf(context.from), person: actor.userId });
    const pieces = writeBacktest(parts, what);
    const encoder = new TextEncoder();
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        const { value, done } = pieces.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
    });
    const name = `${parts.row.formulaName.replaceAll(/[^\w -]/g, '')} v${parts.row.versionNumber} ${parts.row.symbol.replaceAll(/\W/g, '')} ${what}`;
    return new Response(body, { headers: { 'content-type': what.endsWith('.csv') ? 'text/csv; charset=utf-8' : 'application/json', 'content-disposition': `attachment; filename="${name}"`, 'cache-control': 'no-store' } });
  } catch (error) {
    return answerFailure(context, error, 'backtest.export');
  }
}
