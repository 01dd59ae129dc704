import { z } from 'zod';
import type { getBehaviour } from '#server/use-cases/behaviour/get-behaviour.ts';
import type { startBehaviour } from '#server/use-cases/behaviour/start-behaviour.ts';
import { column, figure, figures, id, metrics, trades, type AnswerOf } from '../answers.ts';

export const started: AnswerOf<typeof startBehaviour> = z.strictObject({
  pairs: z.array(z.strictObject({ marketId: id('market'), before: id('backtest'), after: id('backtest') })),
});

const onlyOne = z.strictObject({ count: figure, trades });

export const behaviour: AnswerOf<typeof getBehaviour> = z.strictObject({
  barCount: figure,
  firstBar: figure.nullable(),
  firstTime: figure.nullable(),
  time: figures,
  before: figures,
  after: figures,
  difference: figures,
  beforeMetrics: metrics,
  afterMetrics: metrics,
  signals: z.strictObject({ onlyBefore: figure, onlyAfter: figure }),
  sameCount: figure,
  changed: z.strictObject({
    count: figure,
    before: trades,
    after: trades,
    differs: column(z.array(z.enum(['entry', 'exit', 'price', 'size', 'reason']))),
  }),
  onlyBefore: onlyOne,
  onlyAfter: onlyOne,
});
