import { existsSync } from 'node:fs';
import { UsageError } from './usage.ts';

/** What a `--data` names: bars of the strategy's own market, or those of another symbol. */
export interface DataFile {
  /** Undefined for the strategy's own. */
  readonly symbol: string | undefined;
  readonly path: string;
}

/**
 * What stands before the first `=` where it can be a symbol: `BTC`, `BTC/USD`, `BRK.B`, `^GSPC`. A path that begins
 * with `./`, `../` or `/` can't.
 */
const NAMED = /^(?![./])([\w.:^/-]+?)=(.+)$/s;

/**
 * Splits `SYMBOL=FILE`. A path may hold `=` (`symbol=BTC/tf=1d/bars.csv`): which of both is meant, the files that exist
 * tell.
 */
export function splitData(option: string, exists: (path: string) => boolean = existsSync): DataFile {
  if (option === '') throw new UsageError('--data takes the file of bars, or SYMBOL=FILE.');
  const [, symbol, path] = NAMED.exec(option) ?? [];
  if (symbol === undefined || path === undefined) return { symbol: undefined, path: option };
  if (!exists(option)) return { symbol, path };
  if (exists(path))
    throw new UsageError(
      `--data ${option} may mean the file ./${option}, or ${path} as ${symbol}. Write ./${option}, or ${symbol}=./${path}.`,
    );
  return { symbol: undefined, path: option };
}

/** One file of the strategy's own bars, and each other symbol once. */
export function splitAllData(options: readonly string[] | undefined): DataFile[] {
  const files = (options ?? []).map((option) => splitData(option));
  if (files.filter(({ symbol }) => symbol === undefined).length !== 1)
    throw new UsageError('Name one file of bars with --data BARS.csv (and others as --data SYMBOL=FILE).');
  const symbols = files.flatMap(({ symbol }) => symbol ?? []);
  const twice = symbols.find((symbol, index) => symbols.indexOf(symbol) !== index);
  if (twice !== undefined) throw new UsageError(`--data ${twice} is given twice.`);
  return files;
}
