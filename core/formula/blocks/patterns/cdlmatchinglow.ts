import { black } from '../kit/candles/candle.ts';
import { pattern } from '../kit/candles/pattern.ts';

export const cdlmatchinglow = pattern({
  name: 'cdlmatchinglow',
  title: 'Matching low',
  help: 'Two falling candles that close at the same price.',
  candles: 2,
  shape: (first, second) => ({
    bullish: [black(first, second), second.close.isWithin(first.equal, first.close)],
  }),
});
