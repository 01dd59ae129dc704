import { pattern } from '../kit/candles/pattern.ts';

export const cdlunique3river = pattern({
  name: 'cdlunique3river',
  title: 'Unique three river',
  help: 'A long falling candle, a falling one in its body with a lower low, and a small rising one above that low.',
  candles: 3,
  shape: (first, second, third) => ({
    bullish: [
      first.isBlack,
      first.isLong,
      second.isBlack,
      second.close.isAbove(first.close),
      second.open.isAtMost(first.open),
      second.low.isBelow(first.low),
      third.isWhite,
      third.isSmall,
      third.open.isAbove(second.low),
    ],
  }),
});
