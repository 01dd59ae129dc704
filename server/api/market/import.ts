import { z } from 'zod';
import { parseTimeframe, TIMEFRAME_WORDS } from '#core/market/timeframe.ts';
import type { IncomingBody } from '#server/http/incoming-body.ts';
import type { Charged } from '#server/limits/rate-limits.ts';
import { BODY } from '#server/policies/body-limits.ts';
import type { Runtime } from '#server/runtime.ts';
import { addBars } from '#server/use-cases/market/add-bars.ts';
import { importMarket } from '#server/use-cases/market/import-market.ts';
import { answerPerson } from '../answer-route.ts';
import { id, name, text } from '../fields.ts';
import * as answers from './answers.ts';

const said = {
  times: z.enum(['opens', 'closes']).optional(),
  decimals: z.enum(['point', 'comma']).optional(),
  importId: z.uuid('This is not an id.').default(() => crypto.randomUUID()),
};

const query = z.object({
  ...said,
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
  currency: z
    .string()
    .regex(/^[A-Z]{3,5}$/, 'Use a code such as USD.')
    .default('USD'),
});

const more = z.object({
  ...said,
  marketId: id('market'),
  seen: z.string().max(100).optional(),
  anyway: z.stringbool().optional(),
});

/**
 * `POST /api/markets/import?symbol=&name=&timeframe=` with the CSV as the body, read as it arrives. Without a timeframe
 * it is that which the bars have; so are `times` (opens, closes) and `decimals` (point, comma).
 */
export function handleMarketImport(runtime: Runtime, request: Request): Promise<Response> {
  return answerPerson(runtime, request, {
    name: 'market.import',
    ownPagesOnly: true,
    asked: Object.fromEntries(new URL(request.url).searchParams),
    input: query,
    answer: async (asked, input, { inTurn, body, charged }) => {
      const file = fileOf(body, charged);
      // Of what waits for its turn nothing is read.
      const imported = await inTurn(() => importMarket({ ...asked, now: new Date() }, input, file));
      return Response.json(answers.imported.parse(imported));
    },
  });
}

/**
 * `POST /api/markets/add-bars?marketId=` with a CSV as the body: bars behind the market's last one are appended. Where
 * bars would be corrected, nothing is done, and the answer says which (`kind: asked`); the same request with `seen`, as
 * the answer gives it, corrects them. So it is where something is odd about bars behind the last one, such as prices of
 * 1,000 times as much: the answer says what in `doubts`, and `anyway=true` adds them. A program that appends each night
 * asks with `anyway=true`, and reads `doubts` in the answer.
 */
export function handleBarsToAdd(runtime: Runtime, request: Request): Promise<Response> {
  return answerPerson(runtime, request, {
    name: 'market.add-bars',
    ownPagesOnly: true,
    asked: Object.fromEntries(new URL(request.url).searchParams),
    input: more,
    answer: async (asked, input, { inTurn, body, charged }) => {
      const file = fileOf(body, charged);
      const taken = await inTurn(() => addBars({ ...asked, now: new Date() }, input, file));
      return Response.json(answers.taken.parse(taken));
    },
  });
}

const fileOf = (body: IncomingBody, charged: Charged): AsyncIterable<Uint8Array> =>
  body.pieces({
    most: BODY.upload,
    tooLarge: `The file is larger than ${BODY.upload / 1024 / 1024} MiB.`,
    charged,
  });
