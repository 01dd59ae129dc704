import { z } from 'zod';
import { INSTRUMENT_KINDS } from '#core/market/instrument.ts';
import type { addBars } from '#server/use-cases/market/add-bars.ts';
import type { importMarket } from '#server/use-cases/market/import-market.ts';
import type { listMarkets } from '#server/use-cases/market/manage-markets.ts';
import type { readBars } from '#server/use-cases/market/read-bars.ts';
import type { readGaps } from '#server/use-cases/market/read-gaps.ts';
import type { removeBars } from '#server/use-cases/market/remove-bars.ts';
import { bars as columns, figure, id, texts, timeframe, type AnswerOf } from '../answers.ts';

export const markets: AnswerOf<typeof listMarkets> = z.array(
  z.strictObject({
    id: id('market'),
    symbol: z.string(),
    name: z.string(),
    timeframe,
    currency: z.string(),
    barCount: figure,
    firstTime: figure,
    lastTime: figure,
    hasVolume: z.boolean(),
    timesAre: z.enum(['opens', 'closes']).nullable(),
    source: z.string(),
    revision: figure,
    instrument: z.strictObject({
      kind: z.enum(INSTRUMENT_KINDS),
      venue: z.string().nullable(),
      tick: figure.nullable(),
      lot: figure.nullable(),
      timeZone: z.string(),
      session: z
        .strictObject({ opens: z.string(), closes: z.string(), days: z.array(figure) })
        .readonly()
        .nullable(),
    }),
  }),
);

export const bars: AnswerOf<typeof readBars> = z.strictObject({ ...columns, barsPerYear: figure.nullable() });

const holes = z.strictObject({ count: figure, messages: texts });

export const gaps: AnswerOf<typeof readGaps> = holes;

export const imported: AnswerOf<typeof importMarket> = z.strictObject({
  marketId: id('market'),
  bars: figure,
  timeframe,
  gaps: holes,
  notes: texts,
});

export const removed: AnswerOf<typeof removeBars> = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('asked'),
    removal: z.strictObject({ seen: z.string(), bars: figure, from: figure, to: figure, runs: figure, bots: figure }),
  }),
  z.strictObject({ kind: z.literal('removed'), bars: figure }),
]);

const counts = { appended: figure, agreeing: figure, doubts: texts };

export const taken: AnswerOf<typeof addBars> = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('asked'),
    correction: z
      .strictObject({
        seen: z.string(),
        changed: figure,
        added: figure,
        from: figure,
        to: figure,
        largest: z
          .strictObject({
            time: figure,
            column: z.enum(['open', 'high', 'low', 'close', 'volume']),
            known: figure,
            given: figure,
            by: figure,
          })
          .nullable(),
      })
      .nullable(),
    ...counts,
  }),
  z.strictObject({ kind: z.literal('taken'), changed: figure, added: figure, ...counts }),
]);
