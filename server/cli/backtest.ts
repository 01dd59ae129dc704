import { backtest } from '#core/engine/backtest.ts';
import { compile } from '#core/engine/compile.ts';
import { METRICS } from '#core/engine/metrics.ts';
import type { BacktestResult } from '#core/engine/result.ts';
import { check } from '#core/formula/check.ts';
import { figure, percent } from './figure.ts';
import { located, printBarProblems, printProblems } from './print-problems.ts';
import { readData } from './read-bars.ts';
import { readFormula } from './read-formula.ts';
import { readSettings, SETTING_OPTIONS } from './read-settings.ts';
import { table } from './table.ts';
import { DATA_OPTIONS, readArguments, readInputs } from './usage.ts';

const OPTIONS = { ...DATA_OPTIONS, set: { type: 'string', multiple: true }, json: { type: 'boolean' }, ...SETTING_OPTIONS } as const;

/** `alphaloom backtest FORMULA --data BARS.csv`: metrics and trades as a table, everything with `--json`. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(args, OPTIONS);
  const settings = readSettings(values);
  const [path] = positionals;
  const source = await readFormula(path);
  const plan = source.problems.length > 0 ? { ok: false as const, error: source.problems } : compile(source.formula, readInputs(values.set));
  if (!plan.ok) {
    printProblems(located(plan.error, source), path ?? '-');
    return 1;
  }
  const data = await readData(values);
  if (!data) return 1;
  printProblems(located(check(source.formula, { bars: data.bars.length, withoutVolume: data.withoutVolume }).diagnostics.filter(({ code }) => code === 'warm-up' || code === 'no-volume'), source), path ?? '-');
  if (!printBarProblems(data.bars)) return 1;
  const result = backtest(plan.value, data.bars, settings, { feeds: data.feeds });
  if (!result.ok || result.value === 'stopped') {
    console.error(result.ok ? 'The run was stopped.' : result.error);
    return 1;
  }
  console.log(values.json ? JSON.stringify(asJson(result.value)) : forPeople(result.value));
  return 0;
}

/** NaN is null in JSON: a figure that is undefined. */
const asJson = (result: BacktestResult) => ({
  format: 'alphaloom/backtest@1',
  settings: result.settings, bars: result.bars, metrics: result.metrics, trades: result.trades, rejected: result.rejected, equity: Array.from(result.equity), signals: result.signals,
});

const day = (time: number): string => new Date(time).toISOString().slice(0, 16).replace('T', ' ').replace(' 00:00', '');
const TRADES_SHOWN = 20;

function forPeople({ metrics, trades, rejected }: BacktestResult): string {
  const figures = table(['metric', 'value'], METRICS.map((metric) => [metric.title, figure(metric, metrics[metric.key] ?? Number.NaN)]));
  const rows = trades.slice(-TRADES_SHOWN).map((trade) => [trade.side, trade.units.toFixed(2), day(trade.entryTime), trade.entryPrice.toFixed(2), day(trade.exitTime), trade.exitPrice.toFixed(2), trade.net.toFixed(2), percent(trade.return), trade.reason]);
  const list = trades.length === 0 ? 'No trades.' : `${trades.length > TRADES_SHOWN ? `The last ${TRADES_SHOWN} of ${trades.length} trades:\n` : ''}${table(['side', 'units', 'entry', 'price', 'exit', 'price', 'net', 'return', 'reason'], rows)}`;
  const refused = rejected.length === 0 ? '' : `\n\n${rejected.length} orders rejected, the first on ${day(rejected[0]?.time ?? 0)}: ${rejected[0]?.reason}`;
  return `${figures}\n\n${list}${refused}`;
}
