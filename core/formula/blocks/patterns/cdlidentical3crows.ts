import { black } from '../kit/candles/candle.ts';
import { pattern } from '../kit/candles/pattern.ts';
import { falling } from '../kit/candles/term.ts';

export const cdlidentical3crows = pattern({
  name: 'cdlidentical3crows',
  title: 'Identical three crows',
  help: 'Three falling candles in a row without lower shadows, each opening where the one before closed.',
  candles: 3,
  shape: (first, second, third) => ({
    bearish: [
      black(first, second, third),
      falling(first.close, second.close, third.close),
      first.hasNoLowerShadow,
      second.hasNoLowerShadow,
      third.hasNoLowerShadow,
      second.open.isWithin(first.equal, first.close),
      third.open.isWithin(second.equal, second.close),
    ],
  }),
});
