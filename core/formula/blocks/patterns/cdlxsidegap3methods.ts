import { black, white } from '../kit/candles/candle.ts';
import { pattern } from '../kit/candles/pattern.ts';

export const cdlxsidegap3methods = pattern({
  name: 'cdlxsidegap3methods',
  title: 'Gap three methods',
  help: 'Two candles in one direction with a gap between them, and an opposite one that fills it.',
  candles: 3,
  shape: (first, second, third) => ({
    when: [third.opensInside(second), third.closesInside(first)],
    bullish: [white(first, second), second.bodyIsAbove(first), third.isBlack],
    bearish: [black(first, second), second.bodyIsBelow(first), third.isWhite],
  }),
});
