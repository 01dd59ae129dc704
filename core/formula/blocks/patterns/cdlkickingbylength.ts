import { pattern } from '../kit/candles/pattern.ts';
import { all, any } from '../kit/candles/term.ts';

export const cdlkickingbylength = pattern({
  name: 'cdlkickingbylength',
  title: 'Kicking by length',
  help: 'A kicking that points where its longer candle does.',
  candles: 2,
  shape: (first, second) => ({
    when: [
      first.isLong,
      second.isLong,
      first.hasNoShadows,
      second.hasNoShadows,
      any(
        all(first.isBlack, second.isWhite, second.isAbove(first)),
        all(first.isWhite, second.isBlack, second.isBelow(first)),
      ),
    ],
    bullish: [
      any(all(second.isWhite, second.body.isAbove(first.body)), all(first.isWhite, second.body.isAtMost(first.body))),
    ],
    bearish: [
      any(all(second.isBlack, second.body.isAbove(first.body)), all(first.isBlack, second.body.isAtMost(first.body))),
    ],
  }),
});
