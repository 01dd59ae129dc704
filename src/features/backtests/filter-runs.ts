import { hasWords, wordsOfQuery } from '#ui/data/match-words.ts';

/** What people look for in a list of runs; empty: anything. */
export type RunFilter = Readonly<Record<'q' | 'strategy' | 'market' | 'status', string>>;

export const ANY_RUN: RunFilter = { q: '', strategy: '', market: '', status: '' };

interface Filtered {
  readonly id: string;
  readonly formulaId: string;
  readonly formulaName: string;
  readonly symbol: string;
  readonly timeframe: string;
  readonly status: string;
}

export const marketOf = ({ symbol, timeframe }: Pick<Filtered, 'symbol' | 'timeframe'>): string =>
  `${symbol} ${timeframe}`;

/** Those that have every word somewhere, in any case, and are of the formula, market and state that is looked for. */
export function filterRuns<Row extends Filtered>(
  runs: readonly Row[],
  { q, strategy, market, status }: RunFilter,
  wordsOf: (row: Row) => string,
): readonly Row[] {
  const words = wordsOfQuery(q);
  return runs.filter((row) => {
    if (strategy !== '' && row.formulaId !== strategy) return false;
    if (market !== '' && marketOf(row) !== market) return false;
    if (status !== '' && row.status !== status) return false;
    return hasWords(words, [row.formulaName, marketOf(row), wordsOf(row)]);
  });
}
