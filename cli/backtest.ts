import { backtest } from '#core/engine/backtest.ts';
import { feedsApartInPart, whyFeedsApart } from '#core/engine/columns/feeds.ts';
import { METRICS } from '#core/engine/figures/metrics.ts';
import { writeBacktestFile } from '#core/engine/outcome/backtest-file.ts';
import type { BacktestResult } from '#core/engine/outcome/backtest-result.ts';
import { compile } from '#core/engine/plan/compile.ts';
import { isAboutOrders } from '#core/formula/check/check-orders.ts';
import { check } from '#core/formula/check/check.ts';
import type { Diagnostic } from '#core/formula/model/diagnostic.ts';
import { moneyDigits, priceDigits, unitDigits } from '#core/market/price-digits.ts';
import { whyUnfinished } from '#core/result/outcome.ts';
import { figure, percent } from './figure.ts';
import { located, printBarProblems, printProblems } from './print-problems.ts';
import { readData } from './read-bars.ts';
import { readFormula } from './read-formula.ts';
import { readSettings, SETTING_OPTIONS } from './read-settings.ts';
import { table } from './table.ts';
import { NOTHING_TO_TRADE, trades } from './trades.ts';
import { DATA_OPTIONS, readArguments, readInputs } from './usage.ts';

const OPTIONS = {
  ...DATA_OPTIONS,
  set: { type: 'string', multiple: true },
  json: { type: 'boolean' },
  ...SETTING_OPTIONS,
} as const;

/** `alphaloom backtest FORMULA --data BARS.csv`: metrics and trades as a table, everything with `--json`. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(args, OPTIONS);
  const settings = readSettings(values);
  const [path] = positionals;
  const inputs = readInputs(values.set);
  const source = await readFormula(path);
  const plan =
    source.problems.length > 0 ? { ok: false as const, error: source.problems } : compile(source.formula, inputs);
  if (!plan.ok) {
    printProblems(located(plan.error, source), path ?? '-');
    return 1;
  }
  if (!trades(source.formula)) {
    console.error(NOTHING_TO_TRADE);
    return 1;
  }
  const data = await readData(values);
  if (!data) return 1;
  printProblems(
    located(
      check(source.formula, { bars: data.bars.length, inputs, withoutVolume: data.withoutVolume }).diagnostics.filter(
        isAboutTrading,
      ),
      source,
    ),
    path ?? '-',
  );
  if (!printBarProblems(data.bars)) return 1;
  const apart = whyFeedsApart(plan.value, data.bars, data.feeds);
  if (apart !== null) {
    console.error(apart);
    return 1;
  }
  for (const part of feedsApartInPart(plan.value, data.bars, data.feeds)) console.error(`warning: ${part}`);
  const result = backtest(plan.value, data.bars, settings, { feeds: data.feeds });
  if (!result.ok) {
    console.error(whyUnfinished(result.error));
    return 1;
  }
  console.log(
    values.json ? await asFile(result.value, data.warnings) : forPeople(result.value, priceDigits(data.bars)),
  );
  return 0;
}

async function asFile(result: BacktestResult, warnings: readonly string[]): Promise<string> {
  const { trades, rejected, signals, equity } = result;
  const lists = { trades: [trades], rejected: [rejected], signals: [signals], equity: [Array.from(equity)] };
  let text = '';
  for await (const piece of writeBacktestFile({ ...result, ...lists, about: { warnings } })) text += piece;
  return text;
}

/** What a run is not told without: too few bars, and orders that do other than they seem to. */
const isAboutTrading = (problem: Diagnostic): boolean => problem.code === 'warm-up' || isAboutOrders(problem);

const day = (time: number): string => new Date(time).toISOString().slice(0, 16).replace('T', ' ').replace(' 00:00', '');
const TRADES_SHOWN = 20;

/** `digits` are the decimals of the prices. */
function forPeople({ metrics, trades, rejected, settings }: BacktestResult, digits: number): string {
  const shown = trades.slice(-TRADES_SHOWN);
  const [ofUnits, ofMoney] = [unitDigits(shown.map(({ units }) => units)), moneyDigits(settings.cash)];
  const figures = table(
    ['metric', 'value'],
    METRICS.map((metric) => [metric.title, figure(metric, metrics[metric.key], moneyDigits(settings.cash))]),
  );
  const rows = shown.map((trade) => [
    trade.side,
    trade.units.toFixed(ofUnits),
    day(trade.entryTime),
    trade.entryPrice.toFixed(digits),
    day(trade.exitTime),
    trade.exitPrice.toFixed(digits),
    trade.net.toFixed(ofMoney),
    percent(trade.return),
    trade.reason,
  ]);
  const heading = trades.length > TRADES_SHOWN ? `The last ${TRADES_SHOWN} of ${trades.length} trades:\n` : '';
  const columns = ['side', 'units', 'entry', 'price', 'exit', 'price', 'net', 'return', 'reason'];
  const list = trades.length === 0 ? 'No trades.' : heading + table(columns, rows);
  const [first] = rejected;
  const orders = rejected.length === 1 ? 'One order' : `${rejected.length} orders`;
  const refused = first ? `\n\n${orders} rejected, the first on ${day(first.time)}: ${first.reason}` : '';
  return `${figures}\n\n${list}${refused}`;
}
