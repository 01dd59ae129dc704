/** The demo's formulas, as anybody would write them in the code pane. */
export const DEMO_FORMULAS: readonly {
  readonly name: string;
  readonly code: string;
  /** What its first version said, where the draft has moved on: that version is published, and the draft in review. */
  readonly first?: string;
  /** A branch of its first version, which somebody is to merge. */
  readonly branch?: { readonly name: string; readonly code: string };
}[] = [
  {
    name: 'Golden cross',
    code: `# Be in the market while the fast average is above the slow one
input fast = 50 in 5..100
input slow = 200 in 50..400

fastLine = sma(close, fast)
slowLine = sma(close, slow)

buy(when: crossover(fastLine, slowLine))
sell(when: crossunder(fastLine, slowLine))
`,
  },
  {
    name: 'RSI pullback',
    code: `# Buy a short fall within a long rise, and sell the recovery
input length = 3 in 2..14
input oversold = 20 in 5..40
input recovered = 65 in 50..90

strength = rsi(close, length)
upTrend = close > sma(close, 200)

buy(when: upTrend and strength < oversold, stop: 8%)
sell(when: strength > recovered)
`,
    first: `# Buy a short fall within a long rise, and sell the recovery
input length = 3 in 2..14
input oversold = 15 in 5..40
input recovered = 65 in 50..90

strength = rsi(close, length)
upTrend = close > sma(close, 200)

buy(when: upTrend and strength < oversold)
sell(when: strength > recovered)
`,
  },
  {
    name: 'Breakout with trail',
    code: `# Buy a new high and let a stop follow at a distance that grows with volatility
input lookback = 55 in 20..200
input distance = 4 in 1..10

ceiling = highest(high, lookback)[1]

buy(when: close > ceiling, trail: close - distance * atr(20))
`,
    branch: {
      name: 'Breakout with trail, calm markets alone',
      code: `# Buy a new high and let a stop follow at a distance that grows with volatility
input lookback = 40 in 20..200
input distance = 4 in 1..10

ceiling = highest(high, lookback)[1]
calm = atr(20) < 0.02 * close

buy(when: close > ceiling and calm, trail: close - distance * atr(20))
`,
    },
  },
];
