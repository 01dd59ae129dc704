import { expect, test } from 'vitest';
import { parse } from '#core/formula/language/parse.ts';
import { align } from './align.ts';
import { describeChange } from './describe.ts';
import { diff } from './diff.ts';
import { groupByEffect } from './effects.ts';

const BASE = `input fast = 10 in 2..50
risk = atr(14)
fastLine = sma(close, fast)
slowLine = sma(close, 20)

buy(when: crossover(fastLine, slowLine), size: 50%, stop: close - 2 * risk)
sell(when: crossunder(fastLine, close))
info(when: close > 5)
`;

test('changes are told by what they have an effect on, also through others', () => {
  const after = [
    ['fast = 10', 'fast = 12'],
    ['atr(14)', 'atr(20)'],
    ['sma(close, 20)', 'sma(close, 30)'],
    ['size: 50%', 'size: 60%'],
    ['crossunder(fastLine, close)', 'crossunder(fastLine, open)'],
    ['close > 5', 'close > 6'],
  ].reduce((code, [from = '', to = '']) => code.replace(from, to), BASE);
  const [a, b] = [parse(BASE).formula, parse(after).formula];
  const groups = groupByEffect(a, align(a, b), diff(a, b));
  expect(groups.map(({ effect, changes }) => [effect, ...changes.map(describeChange)])).toEqual([
    ['entries', 'slowLine: timePeriod 20 → 30'],
    ['exits', 'sell: y of crossunder close → open'],
    ['sizing', 'buy: size 50% → 60%'],
    ['risk', 'risk: timePeriod 14 → 20'],
    ['inputs', 'fast 10 → 12'],
    ['other', 'info: when close > 5 → close > 6'],
  ]);
});
