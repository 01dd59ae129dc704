import { pattern, PENETRATION } from '../kit/candles/pattern.ts';

export const cdlabandonedbaby = pattern({
  name: 'cdlabandonedbaby',
  title: 'Abandoned baby',
  help: 'A long candle, a doji with gaps on both sides of it, and an opposite candle that closes well within the first.',
  candles: 3,
  penetration: 0.3,
  shape: (first, second, third) => ({
    when: [first.isLong, second.isDoji, third.isNotShort],
    bullish: [
      first.isBlack,
      second.isBelow(first),
      third.isWhite,
      third.isAbove(second),
      third.close.isAbove(first.close.plus(first.body.times(PENETRATION))),
    ],
    bearish: [
      first.isWhite,
      second.isAbove(first),
      third.isBlack,
      third.isBelow(second),
      third.close.isBelow(first.close.minus(first.body.times(PENETRATION))),
    ],
  }),
});
