import { black, white } from '../kit/candles/candle.ts';
import { pattern } from '../kit/candles/pattern.ts';
import { falling, rising } from '../kit/candles/term.ts';

export const cdl3linestrike = pattern({
  name: 'cdl3linestrike',
  title: 'Three-line strike',
  help: 'Three candles in one direction, and a fourth that takes back all of it.',
  candles: 4,
  shape: (first, second, third, fourth) => ({
    when: [second.opensInsideOrNear(first), third.opensInsideOrNear(second)],
    bullish: [
      white(first, second, third),
      rising(first.close, second.close, third.close),
      fourth.isBlack,
      fourth.open.isAbove(third.close),
      fourth.close.isBelow(first.open),
    ],
    bearish: [
      black(first, second, third),
      falling(first.close, second.close, third.close),
      fourth.isWhite,
      fourth.open.isBelow(third.close),
      fourth.close.isAbove(first.open),
    ],
  }),
});
