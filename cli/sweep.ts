import { availableParallelism } from 'node:os';
import { feedsApartInPart } from '#core/engine/columns/feeds.ts';
import { findMetric, METRIC_KEYS } from '#core/engine/figures/find-metric.ts';
import { METRICS, type MetricKey } from '#core/engine/figures/metrics.ts';
import { compile } from '#core/engine/plan/compile.ts';
import { inputsOf } from '#core/engine/plan/inputs.ts';
import { notesOnRanking } from '#core/engine/sweep/ranking.ts';
import { candidatesOf, type Inputs, type Search } from '#core/engine/sweep/space.ts';
import type { SweepTable } from '#core/engine/sweep/sweep-table.ts';
import { candidatesWhere } from '#core/engine/sweep/where.ts';
import { check } from '#core/formula/check/check.ts';
import { toJson } from '#core/formula/json/json.ts';
import { whyUnfinished } from '#core/result/outcome.ts';
import { err, ok, type Result } from '#core/result/result.ts';
import { startComputePool } from '#server/compute/compute-pool.ts';
import { runSweep, type SweepTask } from '#server/compute/run-sweep.ts';
import { shareBars } from '#server/compute/shared-memory.ts';
import { figure } from './figure.ts';
import { located, printBarProblems, printProblems } from './print-problems.ts';
import { readAxes } from './read-axes.ts';
import { readData } from './read-bars.ts';
import { readFormula } from './read-formula.ts';
import { readSettings, SETTING_OPTIONS } from './read-settings.ts';
import { table } from './table.ts';
import { NOTHING_TO_TRADE, trades } from './trades.ts';
import { DATA_OPTIONS, readArguments, readNumber, UsageError } from './usage.ts';

const text = { type: 'string' } as const;
const OPTIONS = {
  ...DATA_OPTIONS,
  set: { type: 'string', multiple: true },
  json: { type: 'boolean' },
  where: text,
  random: text,
  seed: text,
  by: text,
  top: text,
  threads: text,
  ...SETTING_OPTIONS,
} as const;

const TOP = 20;

/**
 * `alphaloom sweep FORMULA --data BARS.csv --set fast=2..50 --set slow=5..200:5`: every combination, ranked by a
 * metric.
 */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(args, OPTIONS);
  const settings = readSettings(values);
  const by = findMetric(values.by ?? 'sharpe');
  if (!by) throw new UsageError(`--by takes one of ${METRIC_KEYS.join(', ')}.`);
  const [top, threads, samples, seed] = [
    readCount('top', values.top, TOP),
    readCount('threads', values.threads, availableParallelism()),
    readCount('random', values.random, 0),
    readNumber('seed', values.seed, 1),
  ];
  const [path] = positionals;
  const source = await readFormula(path);
  const problems =
    source.problems.length > 0
      ? source.problems
      : check(source.formula).diagnostics.filter(({ severity }) => severity === 'error');
  if (problems.length > 0) {
    printProblems(located(problems, source), path ?? '-');
    return 1;
  }
  const axes = readAxes(values.set, inputsOf(source.formula));
  if (axes.length === 0) throw new UsageError('Say which inputs to vary: --set fast=2..50 --set slow=5..200:5.');
  const search: Search = samples > 0 ? { kind: 'random', samples, seed } : { kind: 'grid' };
  const all = candidatesOf(axes, search);
  const candidates =
    all.ok && values.where !== undefined ? candidatesWhere(source.formula, all.value, values.where) : all;
  if (!candidates.ok) throw new UsageError(candidates.error);
  if (candidates.value.length === 0)
    return nothingRun(
      `None of ${all.ok ? all.value.length.toLocaleString('en') : 0} settings fulfils \`${values.where}\`.`,
    );
  if (!trades(source.formula)) return nothingRun(NOTHING_TO_TRADE);
  const data = await readData(values);
  if (data)
    printProblems(
      located(
        check(source.formula, { withoutVolume: data.withoutVolume }).diagnostics.filter(
          ({ code }) => code === 'no-volume',
        ),
        source,
      ),
      path ?? '-',
    );
  if (!data || !printBarProblems(data.bars)) return 1;
  const plan = compile(source.formula);
  for (const part of plan.ok ? feedsApartInPart(plan.value, data.bars, data.feeds) : [])
    console.error(`warning: ${part}`);
  const feeds = new Map([...data.feeds].map(([symbol, bars]) => [symbol, shareBars(bars)]));
  const swept = await sweepOn(threads, {
    formula: toJson(source.formula),
    bars: shareBars(data.bars),
    feeds,
    settings,
    space: { axes, search, only: placesOf(candidates.value, all.ok ? all.value : []) },
  });
  if (!swept.ok) return nothingRun(swept.error);
  const ranked = swept.value;
  const [refusedFirst] = ranked.refused;
  if (refusedFirst && ranked.refused.size === ranked.candidates.length) {
    return nothingRun(
      `None of ${ranked.candidates.length.toLocaleString('en')} settings can be, the first of them ${JSON.stringify(ranked.candidates.at(refusedFirst[0]))}: ${refusedFirst[1]}`,
    );
  }
  const best = ranked
    .rankedBy(by.key)
    .filter((candidate) => !ranked.refused.has(candidate))
    .slice(0, top);
  if (best.every((candidate) => Number.isNaN(ranked.worthAt(candidate, by.key))))
    console.error(`warning: No setting has a ${by.title}, so that none is better than another. ${by.definition}`);
  const refused = [...ranked.refused].map(([candidate, reason]) => ({
    inputs: ranked.candidates.at(candidate) ?? {},
    reason,
  }));
  if (values.json) {
    const results = best.map((candidate) => ({
      inputs: ranked.candidates.at(candidate),
      metrics: ranked.metricsOf(candidate),
    }));
    console.log(
      JSON.stringify({
        format: 'alphaloom/sweep@1',
        settings,
        bars: data.bars.length,
        warnings: data.warnings,
        by: by.key,
        candidates: ranked.candidates.length,
        refused,
        results,
      }),
    );
    return 0;
  }
  console.log(
    forPeople(
      ranked,
      best,
      axes.map(({ name }) => name),
      by.key,
    ),
  );
  for (const note of notesOnRanking(by.key, ranked)) console.log(`\n${note}`);
  const [first] = refused;
  if (first)
    console.log(
      `\n${refused.length} settings can't be, the first of them ${JSON.stringify(first.inputs)}: ${first.reason}`,
    );
  return 0;
}

/** Where `some` of `all` stand. */
function placesOf(some: readonly Inputs[], all: readonly Inputs[]): Uint32Array {
  const chosen = new Set(some);
  return Uint32Array.from(all.flatMap((inputs, place) => (chosen.has(inputs) ? [place] : [])));
}

/** The exit code of a sweep that has run nothing. */
function nothingRun(reason: string): number {
  console.error(reason);
  return 1;
}

function readCount(name: string, option: string | undefined, fallback: number): number {
  const value = readNumber(name, option, fallback);
  if (!Number.isInteger(value) || value < 0 || (value === 0 && option !== undefined))
    throw new UsageError(`--${name} takes a whole number above 0.`);
  return value;
}

/** The table of the sweep, or why there is none. */
async function sweepOn(threads: number, task: SweepTask): Promise<Result<SweepTable, string>> {
  const pool = await startComputePool({ size: threads, log: { error: console.error } });
  try {
    const outcome = await runSweep(pool, task, { signal: new AbortController().signal, onProgress: showProgress });
    return outcome.type === 'finished' ? ok(outcome.table) : err(whyUnfinished(outcome));
  } finally {
    showProgress(null);
    await pool.close();
  }
}

/** On the last line of a terminal; null takes it away. */
function showProgress(fraction: number | null): void {
  if (process.stderr.isTTY) process.stderr.write(fraction === null ? '\r\u001B[K' : `\r${Math.floor(fraction * 100)}%`);
}

const SHOWN: readonly MetricKey[] = [
  'totalReturn',
  'cagr',
  'sharpe',
  'maxDrawdown',
  'trades',
  'hitRate',
  'profitFactor',
];

function forPeople(ranked: SweepTable, best: readonly number[], inputs: readonly string[], by: string): string {
  const metrics = METRICS.filter(({ key }) => key === by || SHOWN.includes(key));
  const rows = best.map((candidate) => [
    ...inputs.map((name) => String(ranked.candidates.at(candidate)?.[name])),
    ...metrics.map((metric) => figure(metric, ranked.at(candidate, metric.key))),
  ]);
  const count = ranked.candidates.length - ranked.refused.size;
  const heading = `The best ${best.length} of ${count.toLocaleString('en')} settings by ${findMetric(by)?.title}:`;
  return `${heading}\n${table([...inputs, ...metrics.map(({ title }) => title)], rows)}`;
}
