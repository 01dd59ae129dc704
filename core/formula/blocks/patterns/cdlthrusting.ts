import { pattern } from '../kit/candles/pattern.ts';

export const cdlthrusting = pattern({
  name: 'cdlthrusting',
  title: 'Thrusting',
  help: 'A long falling candle, and a rising one that opens below its low and closes in the lower half of its body.',
  candles: 2,
  shape: (first, second) => ({
    bearish: [
      first.isBlack,
      first.isLong,
      second.isWhite,
      second.open.isBelow(first.low),
      second.close.isAbove(first.close.plus(first.equal)),
      second.close.isAtMost(first.close.plus(first.body.times(0.5))),
    ],
  }),
});
