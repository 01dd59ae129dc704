import { black } from '../kit/candles/candle.ts';
import { pattern } from '../kit/candles/pattern.ts';
import { falling } from '../kit/candles/term.ts';

export const cdl3blackcrows = pattern({
  name: 'cdl3blackcrows',
  title: 'Three black crows',
  help: 'After a rising candle, three falling ones in a row without lower shadows, each opening in the body before.',
  candles: 4,
  shape: (before, first, second, third) => ({
    bearish: [
      before.isWhite,
      black(first, second, third),
      first.close.isBelow(before.high),
      falling(first.close, second.close, third.close),
      second.opensInside(first),
      third.opensInside(second),
      first.hasNoLowerShadow,
      second.hasNoLowerShadow,
      third.hasNoLowerShadow,
    ],
  }),
});
