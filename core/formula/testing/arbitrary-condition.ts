import fc from 'fast-check';

const TERMS = [
  'close',
  'open',
  'volume',
  'hour',
  'dayOfWeek',
  'barIndex',
  'rsi(close, 2)',
  'sma(close, 3)',
  'close[1]',
  'drawdown',
  'position.bars',
  'position.size',
  'count(close > open, 4)',
  'barsSince(close > open)',
  'abs(close - open)',
  'close / open',
  'nz(close[2], 0)',
  'where(close > open, 1, 2)',
  'min(hour, 5)',
  '-hour',
  'hour * 2 + 1',
  'sqrt(close)',
  'floor(rsi(close, 2))',
  'adx(2)',
  'low',
  'high',
  'highest(close, 3)',
  'highest(high, 2)',
  'lowest(low, 3)',
  'lowest(close, 2)',
  'zscore(close, 2)',
  'close ^ 0',
  'equity',
  'position.pnl',
  'nz(volume, 1)',
  'nz(close[2] + 1, na)',
  'min(open, close)',
];
const CONSTANTS = ['0', '1', '-1', '2', '5', '23', '24', '50', '100', '120', '9.5', '-0.1', 'na', '0.5 + 0.5'];
const COMPARISONS = ['<', '<=', '>', '>=', '==', '!='];

const term = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...TERMS) },
  { weight: 2, arbitrary: fc.constantFrom(...CONSTANTS) },
);

/**
 * The code of conditions that compare few things in many ways, so that many of them exclude one another or are beyond
 * what is possible.
 */
export const arbitraryCondition: fc.Arbitrary<string> = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    {
      weight: 6,
      arbitrary: fc.tuple(term, fc.constantFrom(...COMPARISONS), term).map(([a, symbol, b]) => `${a} ${symbol} ${b}`),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom('crossover', 'crossunder', 'cross'), fc.constantFrom(...TERMS), term)
        .map(([call, a, b]) => `${call}(${a}, ${b})`),
    },
    { weight: 1, arbitrary: fc.tuple(term, term, term).map(([x, low, high]) => `between(${x}, ${low}, ${high})`) },
    {
      weight: 3,
      arbitrary: fc
        .tuple(tie('condition'), fc.constantFrom('and', 'or'), tie('condition'))
        .map(([a, word, b]) => `(${a}) ${word} (${b})`),
    },
    { weight: 1, arbitrary: tie('condition').map((a) => `not (${a})`) },
  ),
})).condition;
