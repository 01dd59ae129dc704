import { pattern } from '../kit/candles/pattern.ts';

export const cdlinvertedhammer = pattern({
  name: 'cdlinvertedhammer',
  title: 'Inverted hammer',
  help: 'A small body under a long upper shadow, below the body before.',
  candles: 2,
  shape: (before, hammer) => ({
    bullish: [hammer.bodyIsBelow(before), hammer.isSmall, hammer.hasLongUpperShadow, hammer.hasNoLowerShadow],
  }),
});
