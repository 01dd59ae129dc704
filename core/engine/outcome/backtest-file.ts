import type { BacktestResult, Metrics } from './result.ts';
import type { Settings } from './settings.ts';

/** A finished run, as the command line and the website have it. */
export interface WrittenRun {
  /** What the run is of, where that is known: formula, version, code, market, inputs. */
  readonly about?: Readonly<Record<string, unknown>>;
  readonly settings: Settings;
  /** How many. */
  readonly bars: number;
  readonly metrics: Partial<Metrics>;
  readonly trades: BacktestResult['trades'];
  readonly rejected: BacktestResult['rejected'];
  readonly signals: BacktestResult['signals'];
  /** At each close. */
  readonly equity: Iterable<number>;
}

/** The file `alphaloom/backtest@1`, as JSON text. A figure that is undefined is null: JSON has no NaN. */
export const writeBacktestFile = ({ about, equity, ...run }: WrittenRun): string =>
  JSON.stringify({
    format: 'alphaloom/backtest@1',
    ...about,
    settings: run.settings,
    bars: run.bars,
    metrics: run.metrics,
    trades: run.trades,
    rejected: run.rejected,
    signals: run.signals,
    equity: Array.from(equity),
  });
