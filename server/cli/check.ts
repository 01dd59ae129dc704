import { checkText } from '#core/formula/check-text.ts';
import { inputsOf } from '#core/engine/inputs.ts';
import { printProblems } from './print-problems.ts';
import { readSource } from './read-formula.ts';
import { table } from './table.ts';
import { DATA_OPTIONS, readArguments } from './usage.ts';

/** `alphaloom check FORMULA [--data BARS.csv]`: every problem, the inputs and the warm-up; with bars, also what they are too few for. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(args, { ...DATA_OPTIONS, json: { type: 'boolean' } });
  const [path] = positionals;
  const source = await readSource(path);
  // The reader of bars is not loaded where there are none: most of the time goes into the start.
  const data = values.data === undefined ? undefined : await (await import('./read-bars.ts')).readData(values);
  if (data === null) return 1;
  const { formula, diagnostics, checked } = checkText(source, { bars: data?.bars.length, withoutVolume: data?.withoutVolume });
  const isWrong = diagnostics.some(({ severity }) => severity === 'error');
  const inputs = inputsOf(formula);
  if (values.json) {
    console.log(JSON.stringify({ ok: !isWrong, problems: diagnostics, inputs, warmUp: checked.warmUp }, null, 2));
    return isWrong ? 1 : 0;
  }
  printProblems(diagnostics, path ?? '-');
  if (isWrong) return 1;
  if (inputs.length > 0) console.log(`${table(['input', 'value', 'range'], inputs.map((input) => [input.name, String(input.value), range(input)]))}\n`);
  console.log(`No errors${warningsIn(diagnostics.length)}. Warm-up: ${checked.warmUp} bars${data ? ` of ${data.bars.length}` : ''}.`);
  return 0;
}

const warningsIn = (count: number): string => (count === 0 ? '' : count === 1 ? ', one warning' : `, ${count} warnings`);

function range({ min, max, step, options }: ReturnType<typeof inputsOf>[number]): string {
  if (options) return options.join(', ');
  return [min === undefined && max === undefined ? '' : `${min ?? ''}..${max ?? ''}`, step === undefined ? '' : `step ${step}`].join(' ').trim();
}
