import { feedsApartInPart, whyFeedsApart } from '#core/engine/columns/feeds.ts';
import { evaluate } from '#core/engine/evaluate.ts';
import { compile } from '#core/engine/plan/compile.ts';
import { check } from '#core/formula/check/check.ts';
import { located, printProblems } from './print-problems.ts';
import { readData } from './read-bars.ts';
import { readFormula } from './read-formula.ts';
import { DATA_OPTIONS, readArguments, readInputs, UsageError } from './usage.ts';

const LINES_AT_ONCE = 1000;

/** `alphaloom eval FORMULA --data BARS.csv`: the time and every named series as CSV, `na` as an empty cell. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(args, {
    ...DATA_OPTIONS,
    only: { type: 'string' },
    set: { type: 'string', multiple: true },
  });
  const [path] = positionals;
  const source = await readFormula(path);
  const plan =
    source.problems.length > 0
      ? { ok: false as const, error: source.problems }
      : compile(source.formula, readInputs(values.set), { keepNamed: true });
  if (!plan.ok) {
    printProblems(located(plan.error, source), path ?? '-');
    return 1;
  }
  const data = await readData(values);
  if (!data) return 1;
  const apart = whyFeedsApart(plan.value, data.bars, data.feeds);
  if (apart !== null) {
    console.error(apart);
    return 1;
  }
  for (const part of feedsApartInPart(plan.value, data.bars, data.feeds)) console.error(`warning: ${part}`);
  printProblems(
    located(
      check(source.formula, { withoutVolume: data.withoutVolume }).diagnostics.filter(
        ({ code }) => code === 'no-volume',
      ),
      source,
    ),
    path ?? '-',
  );
  const series = evaluate(plan.value, data.bars, data.feeds);
  if (!series.ok) {
    console.error(series.error);
    return 1;
  }
  if (series.value.size === 0) {
    console.error('The formula names no series: there is nothing to print. Write `name = …` for what is to be seen.');
    return 1;
  }
  const names = values.only === undefined ? [...series.value.keys()] : values.only.split(',');
  const columns = names.map((name) => {
    const column = series.value.get(name);
    if (!column)
      throw new UsageError(`The formula names no series "${name}", but ${[...series.value.keys()].join(', ')}.`);
    return column;
  });
  let lines = [['time', ...names].join(',')];
  for (let bar = 0; bar < data.bars.length; bar += 1) {
    lines.push(
      [
        new Date(data.bars.time[bar] ?? 0).toISOString(),
        ...columns.map((column) => cell(column[bar] ?? Number.NaN)),
      ].join(','),
    );
    if (lines.length < LINES_AT_ONCE) continue;
    // Whoever read them has gone.
    if (!process.stdout.writable) return 0;
    process.stdout.write(`${lines.join('\n')}\n`);
    lines = [];
  }
  if (lines.length > 0) process.stdout.write(`${lines.join('\n')}\n`);
  return 0;
}

/** The shortest text that reads back as the same number: 17 significant digits at the most. */
const cell = (value: number): string => (Number.isNaN(value) ? '' : String(value));
