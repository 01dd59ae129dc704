import { expect, test } from 'vitest';
import { checkText } from './check-text.ts';

const warned = (code: string, ...withoutVolume: (string | null)[]): string[] =>
  checkText(code, { withoutVolume })
    .diagnostics.filter((problem) => problem.code === 'no-volume')
    .map(({ message }) => message);

test('what reads the volume of bars that have none is warned', () => {
  expect(warned('buy(when: mfi(14) < 20)', null)).toEqual([
    '`mfi` reads the volume, which the bars do not have: it is missing (na) at every one of them.',
  ]);
  expect(warned('w = vwap("week")\nv = sma(volume, 3)\nbuy(when: close > w and v > 1)', null)).toEqual([
    expect.stringContaining('`w` reads the volume'),
    expect.stringContaining('`volume` reads the volume'),
  ]);
  expect(warned('buy(when: close > sma(close, 3))', null)).toEqual([]);
  expect(warned('buy(when: mfi(14) < 20)')).toEqual([]);
});

test('of a feed, only where that feed has none', () => {
  const code = 'spy = feed("SPY")\nm = mfi(14, spy)\nbuy(when: m < 20 and spy.volume > 1)';
  expect(warned(code, null)).toEqual([]);
  expect(warned(code, 'SPY')).toEqual([
    expect.stringContaining('the bars of SPY do not have'),
    expect.stringContaining('the bars of SPY do not have'),
  ]);
});

test('a feed takes any length of bars, in any text of it, and says what one is', () => {
  const problems = (timeframe: string): string[] =>
    checkText(`buy(when: feed(timeframe: "${timeframe}").close > 1)`)
      .diagnostics.filter(({ severity }) => severity === 'error')
      .map(({ message }) => message);
  expect(['45m', '12h', '60m', '3d', '2w', '3M'].flatMap(problems)).toEqual([]);
  expect(problems('12x')).toEqual([
    expect.stringContaining('a whole number of seconds, minutes, hours, days, weeks or months, such as "45m"'),
  ]);
});
