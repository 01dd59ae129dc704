import { pattern } from '../kit/candles/pattern.ts';
import { any } from '../kit/candles/term.ts';

export const cdllongleggeddoji = pattern({
  name: 'cdllongleggeddoji',
  title: 'Long-legged doji',
  help: 'A doji with a long shadow.',
  candles: 1,
  shape: (only) => ({
    bullish: [only.isDoji, any(only.hasLongLowerShadow, only.hasLongUpperShadow)],
  }),
});
