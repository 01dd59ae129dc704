import { pattern } from '../kit/candles/pattern.ts';

export const cdlshootingstar = pattern({
  name: 'cdlshootingstar',
  title: 'Shooting star',
  help: 'A small body under a long upper shadow, above the body before.',
  candles: 2,
  shape: (before, star) => ({
    bearish: [star.bodyIsAbove(before), star.isSmall, star.hasLongUpperShadow, star.hasNoLowerShadow],
  }),
});
