import { pattern } from '../kit/candles/pattern.ts';

export const cdldragonflydoji = pattern({
  name: 'cdldragonflydoji',
  title: 'Dragonfly doji',
  help: 'A doji at the high of the bar, with a lower shadow.',
  candles: 1,
  shape: (only) => ({
    bullish: [only.isDoji, only.hasNoUpperShadow, only.hasLowerShadow],
  }),
});
