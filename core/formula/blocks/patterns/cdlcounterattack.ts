import { pattern } from '../kit/candles/pattern.ts';

export const cdlcounterattack = pattern({
  name: 'cdlcounterattack',
  title: 'Counterattack',
  help: 'Two long candles in opposite directions that close at the same price.',
  candles: 2,
  shape: (first, second) => ({
    when: [first.isLong, second.isLong, second.close.isWithin(first.equal, first.close)],
    bullish: [first.isBlack, second.isWhite],
    bearish: [first.isWhite, second.isBlack],
  }),
});
