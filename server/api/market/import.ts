import { z } from 'zod';
import { parseTimeframe, TIMEFRAME_WORDS } from '#core/market/timeframe.ts';
import { BODY } from '#server/policies/body-limits.ts';
import type { Runtime } from '#server/runtime.ts';
import { importMarket } from '#server/use-cases/market/import-market.ts';
import { answerPerson } from '../answer-route.ts';
import { id, name, text } from '../fields.ts';
import * as answers from './answers.ts';

const query = z.object({
  symbol: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9.:_^/-]{1,32}$/, 'Use up to 32 letters, digits and . : _ ^ / -'),
  name: name('the market a name'),
  timeframe: text(20)
    .transform((text, context) => {
      const timeframe = parseTimeframe(text);
      if (timeframe !== null) return timeframe;
      context.addIssue({ code: 'custom', message: `Write ${TIMEFRAME_WORDS}.` });
      return z.NEVER;
    })
    .optional(),
  times: z.enum(['opens', 'closes']).optional(),
  decimals: z.enum(['point', 'comma']).optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3,5}$/, 'Use a code such as USD.')
    .default('USD'),
  importId: id.default(() => crypto.randomUUID()),
});

/** `POST /api/markets/import?symbol=&name=&timeframe=` with the CSV as the body, read as it arrives. Without a timeframe it is that which the bars have; so are `times` (opens, closes) and `decimals` (point, comma). */
export function handleMarketImport(runtime: Runtime, request: Request): Promise<Response> {
  return answerPerson(runtime, request, {
    name: 'market.import',
    ownPagesOnly: true,
    asked: Object.fromEntries(new URL(request.url).searchParams),
    input: query,
    answer: async (asked, input, { inTurn, body, charged }) => {
      const file = body.pieces({
        most: BODY.upload,
        tooLarge: `The file is larger than ${BODY.upload / 1024 / 1024} MiB.`,
        charged,
      });
      // Of what waits for its turn nothing is read.
      const imported = await inTurn(() => importMarket({ ...asked, now: new Date() }, input, file));
      return Response.json(answers.imported.parse(imported));
    },
  });
}
