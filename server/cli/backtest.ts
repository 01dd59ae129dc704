import { backtest } from '#core/engine/backtest.ts';
import { compile } from '#core/engine/compile.ts';
import { METRICS, type MetricDefinition } from '#core/engine/metrics.ts';
import type { BacktestResult } from '#core/engine/result.ts';
import { DEFAULT_SETTINGS, SETTING_RANGES, type Settings } from '#core/engine/settings.ts';
import { check } from '#core/formula/check.ts';
import { checkBars } from '#core/market/check-bars.ts';
import { located, printProblems } from './print-problems.ts';
import { readData } from './read-bars.ts';
import { readFormula } from './read-formula.ts';
import { table } from './table.ts';
import { readArguments, readBoolean, readInputs, readNumber, UsageError } from './usage.ts';

const text = { type: 'string' } as const;
const OPTIONS = {
  data: { type: 'string', multiple: true }, set: { type: 'string', multiple: true }, json: { type: 'boolean' },
  cash: text, commission: text, 'commission-fixed': text, 'commission-minimum': text, slippage: text, lot: text, leverage: text, fill: text, 'close-at-end': text, short: text,
} as const;

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
  const data = await readData(values.data);
  if (!data) return 1;
  printProblems(located(check(source.formula, { bars: data.bars.length }).diagnostics.filter(({ code }) => code === 'warm-up'), source), path ?? '-');
  const problems = checkBars(data.bars);
  for (const { severity, bar, message } of problems) console.error(`bar ${bar + 1}: ${severity}: ${message}`);
  if (problems.some(({ severity }) => severity === 'error')) return 1;
  const result = backtest(plan.value, data.bars, settings, { feeds: data.feeds });
  if (!result.ok || result.value === 'stopped') {
    console.error(result.ok ? 'The run was stopped.' : result.error);
    return 1;
  }
  console.log(values.json ? JSON.stringify(asJson(result.value)) : forPeople(result.value));
  return 0;
}

function readSettings(values: Readonly<Partial<Record<string, unknown>>>): Settings {
  const option = (name: string) => (typeof values[name] === 'string' ? values[name] : undefined);
  const number = (name: keyof typeof SETTING_RANGES) => {
    const flag = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const value = readNumber(flag, option(flag), DEFAULT_SETTINGS[name]);
    const [least, most] = SETTING_RANGES[name];
    if (value < least || value > most) throw new UsageError(`--${flag} lies between ${least} and ${most}.`);
    return value;
  };
  const fill = option('fill') ?? DEFAULT_SETTINGS.fill;
  if (fill !== 'open' && fill !== 'close') throw new UsageError(`--fill is open or close, not "${fill}".`);
  return {
    cash: number('cash'),
    commission: number('commission'),
    commissionFixed: number('commissionFixed'),
    commissionMinimum: number('commissionMinimum'),
    slippage: number('slippage'),
    lot: number('lot'),
    leverage: number('leverage'),
    fill,
    closeAtEnd: readBoolean('close-at-end', option('close-at-end'), DEFAULT_SETTINGS.closeAtEnd),
    short: readBoolean('short', option('short'), DEFAULT_SETTINGS.short),
  };
}

/** NaN is null in JSON: a figure that is undefined. */
const asJson = (result: BacktestResult) => ({
  format: 'alphaloom/backtest@1',
  settings: result.settings, bars: result.bars, metrics: result.metrics, trades: result.trades, rejected: result.rejected, equity: Array.from(result.equity), signals: result.signals,
});

const day = (time: number): string => new Date(time).toISOString().slice(0, 16).replace('T', ' ').replace(' 00:00', '');
const percent = (value: number): string => `${(value * 100).toFixed(2)}%`;
const TRADES_SHOWN = 20;

function forPeople({ metrics, trades, rejected }: BacktestResult): string {
  const figures = table(['metric', 'value'], METRICS.map((metric) => [metric.title, figure(metric, metrics[metric.key] ?? Number.NaN)]));
  const rows = trades.slice(-TRADES_SHOWN).map((trade) => [trade.side, trade.units.toFixed(2), day(trade.entryTime), trade.entryPrice.toFixed(2), day(trade.exitTime), trade.exitPrice.toFixed(2), trade.net.toFixed(2), percent(trade.return), trade.reason]);
  const list = trades.length === 0 ? 'No trades.' : `${trades.length > TRADES_SHOWN ? `The last ${TRADES_SHOWN} of ${trades.length} trades:\n` : ''}${table(['side', 'units', 'entry', 'price', 'exit', 'price', 'net', 'return', 'reason'], rows)}`;
  const refused = rejected.length === 0 ? '' : `\n\n${rejected.length} orders rejected, the first on ${day(rejected[0]?.time ?? 0)}: ${rejected[0]?.reason}`;
  return `${figures}\n\n${list}${refused}`;
}

function figure({ unit }: MetricDefinition, value: number): string {
  if (Number.isNaN(value)) return 'na';
  if (unit === 'percent') return percent(value);
  return unit === 'count' ? String(value) : value.toFixed(2);
}
