import { z } from 'zod';
import type { importMarket } from '#server/use-cases/market/import-market.ts';
import type { listMarkets } from '#server/use-cases/market/list-markets.ts';
import type { readBars } from '#server/use-cases/market/read-bars.ts';
import type { readGaps } from '#server/use-cases/market/read-gaps.ts';
import { bars as columns, figure, texts, timeframe, type AnswerOf } from '../answers.ts';

export const markets: AnswerOf<typeof listMarkets> = z.array(
  z.strictObject({
    id: z.string(),
    symbol: z.string(),
    name: z.string(),
    timeframe,
    currency: z.string(),
    barCount: figure,
    firstTime: figure,
    lastTime: figure,
    hasVolume: z.boolean(),
    source: z.string(),
  }),
);

export const bars: AnswerOf<typeof readBars> = z.strictObject(columns);

const holes = z.strictObject({ count: figure, messages: texts });

export const gaps: AnswerOf<typeof readGaps> = holes;

export const imported: AnswerOf<typeof importMarket> = z.strictObject({
  marketId: z.string(),
  bars: figure,
  timeframe,
  gaps: holes,
  notes: texts,
});
