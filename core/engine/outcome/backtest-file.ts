import type { KeptMetrics } from '../figures/metrics.ts';
import type { BacktestResult } from './backtest-result.ts';
import type { Settings } from './settings.ts';

/** A list in parts, in order: in memory, or as the parts are read. */
export type Parts<Item> = Iterable<readonly Item[]> | AsyncIterable<readonly Item[]>;

/** A finished run, as the command line and the website have it. */
export interface WrittenRun {
  /** What the run is of, where that is known: formula, version, code, market, inputs. */
  readonly about?: Readonly<Record<string, unknown>>;
  readonly settings: Settings;
  /** How many. */
  readonly bars: number;
  readonly metrics: KeptMetrics;
  readonly trades: Parts<BacktestResult['trades'][number]>;
  readonly rejected: Parts<BacktestResult['rejected'][number]>;
  readonly signals: Parts<BacktestResult['signals'][number]>;
  /** At each close. */
  readonly equity: Parts<number>;
}

/**
 * The file `alphaloom/backtest@1`, as JSON text, piece by piece. A figure that is undefined is null: JSON has no NaN.
 */
export async function* writeBacktestFile(run: WrittenRun): AsyncGenerator<string> {
  const { about, settings, bars, metrics } = run;
  yield JSON.stringify({ format: 'alphaloom/backtest@1', ...about, settings, bars, metrics }).slice(0, -1);
  yield* listOf('trades', run.trades);
  yield* listOf('rejected', run.rejected);
  yield* listOf('signals', run.signals);
  yield* listOf('equity', run.equity);
  yield '}';
}

async function* listOf(name: string, parts: Parts<unknown>): AsyncGenerator<string> {
  yield `,"${name}":[`;
  let between = '';
  for await (const part of parts) {
    if (part.length === 0) continue;
    yield between + JSON.stringify(part).slice(1, -1);
    between = ',';
  }
  yield ']';
}
