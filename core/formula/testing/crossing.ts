/** A small strategy with inputs, named lines and both actions, which tests edit. */
export const CROSSING = `input fast = 10 in 2..50
input slow = 20

fastLine = sma(close, fast)
slowLine = sma(close, slow)
trend = ema(close, 200)

buy(when: crossover(fastLine, slowLine) and close > 5, size: 50%)
sell(when: crossunder(fastLine, slowLine))
`;
