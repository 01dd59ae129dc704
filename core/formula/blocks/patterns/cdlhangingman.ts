import { pattern } from '../kit/candles/pattern.ts';

export const cdlhangingman = pattern({
  name: 'cdlhangingman',
  title: 'Hanging man',
  help: 'A small body on a long lower shadow, near the high of the candle before or above it.',
  candles: 2,
  shape: (before, man) => ({
    bearish: [
      man.isSmall,
      man.hasLongLowerShadow,
      man.hasNoUpperShadow,
      man.bottom.isAtLeast(before.high.minus(before.near)),
    ],
  }),
});
