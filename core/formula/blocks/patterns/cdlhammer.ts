import { pattern } from '../kit/candles/pattern.ts';

export const cdlhammer = pattern({
  name: 'cdlhammer',
  title: 'Hammer',
  help: 'A small body on a long lower shadow, near the low of the candle before or below it.',
  candles: 2,
  shape: (before, hammer) => ({
    bullish: [
      hammer.isSmall,
      hammer.hasLongLowerShadow,
      hammer.hasNoUpperShadow,
      hammer.bottom.isAtMost(before.low.plus(before.near)),
    ],
  }),
});
