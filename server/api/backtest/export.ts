import { z } from 'zod';
import { AppError } from '#server/errors.ts';
import type { Runtime } from '#server/runtime.ts';
import { getBacktestParts } from '#server/use-cases/backtest/read-backtests.ts';
import { EXPORTS, writeBacktest } from '#server/use-cases/backtest/write-backtest.ts';
import { createRequestContext } from '../context.ts';
import { id } from '../fields.ts';
import { failureResponse } from '../http-failure.ts';

const wanted = z.object({ id, what: z.enum(EXPORTS) });

/** `GET /api/backtests/<id>/<what>`: a finished run as a file, sent as it is written. */
export async function handleBacktestExport(runtime: Runtime, request: Request, asked: { readonly id: string; readonly what: string }): Promise<Response> {
  try {
    const context = createRequestContext(runtime, request, null);
    const actor = await context.authenticate();
    if (!actor) throw new AppError('UNAUTHENTICATED', 'Sign in first.');
    const input = wanted.safeParse(asked);
    if (!input.success) throw new AppError('NOT_FOUND', `There is no such export; there are ${EXPORTS.join(', ')}.`);
    const { what } = input.data;
    const parts = await getBacktestParts({ ...context, actor, now: new Date() }, input.data);
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
    return failureResponse(error, runtime.log);
  }
}
