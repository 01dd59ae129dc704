import { pattern, PENETRATION } from '../kit/candles/pattern.ts';

export const cdlmorningdojistar = pattern({
  name: 'cdlmorningdojistar',
  title: 'Morning doji star',
  help: 'A long falling candle, a doji below it, and a rising one that closes well within the first.',
  candles: 3,
  penetration: 0.3,
  shape: (first, second, third) => ({
    bullish: [
      first.isBlack,
      first.isLong,
      second.isDoji,
      second.bodyIsBelow(first),
      third.isWhite,
      third.isNotShort,
      third.close.isAbove(first.close.plus(first.body.times(PENETRATION))),
    ],
  }),
});
