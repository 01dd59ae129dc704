import { white } from '../kit/candles/candle.ts';
import { pattern } from '../kit/candles/pattern.ts';

export const cdlgapsidesidewhite = pattern({
  name: 'cdlgapsidesidewhite',
  title: 'Side-by-side white lines',
  help: 'A gap, and behind it two rising candles of the same size that open at the same price.',
  candles: 3,
  shape: (first, second, third) => ({
    when: [
      white(second, third),
      third.body.isWithin(second.near, second.body),
      third.open.isWithin(second.equal, second.open),
    ],
    bullish: [second.bodyIsAbove(first), third.bodyIsAbove(first)],
    bearish: [second.bodyIsBelow(first), third.bodyIsBelow(first)],
  }),
});
