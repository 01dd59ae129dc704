import { black } from '../kit/candles/candle.ts';
import { pattern } from '../kit/candles/pattern.ts';

export const cdlconcealbabyswall = pattern({
  name: 'cdlconcealbabyswall',
  title: 'Concealing baby swallow',
  help: 'Two falling candles without shadows, a third that gaps down but reaches back up, and a fourth that engulfs it.',
  candles: 4,
  shape: (first, second, third, fourth) => ({
    bullish: [
      black(first, second, third, fourth),
      first.hasNoShadows,
      second.hasNoShadows,
      third.bodyIsBelow(second),
      third.hasUpperShadow,
      third.high.isAbove(second.close),
      third.isInside(fourth),
    ],
  }),
});
