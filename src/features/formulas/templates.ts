/** What a new formula may begin with. */
export const TEMPLATES = [
  {
    id: 'cross',
    title: 'Moving average cross',
    code: `input fast = 20 in 5..100
input slow = 100 in 20..400

fastLine = sma(close, fast)
slowLine = sma(close, slow)

buy(when: crossover(fastLine, slowLine))
sell(when: crossunder(fastLine, slowLine))
`,
  },
  {
    id: 'reversion',
    title: 'Mean reversion',
    code: `bands = bbands(close, 20, 2, 2)

buy(when: close < bands.lower and close > sma(close, 200), stop: 8%)
sell(when: close > bands.middle)
`,
  },
  {
    id: 'breakout',
    title: 'Breakout',
    code: `ceiling = highest(high, 55)[1]

buy(when: close > ceiling, trail: close - 4 * atr(20))
`,
  },
  { id: 'empty', title: 'Empty', code: '' },
] as const;

export type TemplateId = (typeof TEMPLATES)[number]['id'];
