import { pattern } from '../kit/candles/pattern.ts';

export const cdldoji = pattern({
  name: 'cdldoji',
  title: 'Doji',
  help: 'A candle whose open and close are about the same; 100 says that it is one, not that prices will rise.',
  candles: 1,
  shape: (only) => ({
    bullish: [only.isDoji],
  }),
});
