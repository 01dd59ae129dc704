/** What people look for in a list of runs; empty: anything. */
export interface RunFilter {
  readonly words: string;
  readonly formulaId: string;
  readonly market: string;
  readonly status: string;
}

export const ANY_RUN: RunFilter = { words: '', formulaId: '', market: '', status: '' };

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
  { words, formulaId, market, status }: RunFilter,
  wordsOf: (row: Row) => string,
): readonly Row[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return runs.filter((row) => {
    if (formulaId !== '' && row.formulaId !== formulaId) return false;
    if (market !== '' && marketOf(row) !== market) return false;
    if (status !== '' && row.status !== status) return false;
    const text = `${row.formulaName} ${marketOf(row)} ${wordsOf(row)}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}
