import { check as checkFormula } from '#core/formula/check.ts';
import { inputsOf } from '#core/engine/inputs.ts';
import { located, printProblems } from './print-problems.ts';
import { readFormula } from './read-formula.ts';
import { table } from './table.ts';
import { readArguments } from './usage.ts';

/** `alphaloom check FORMULA`: every problem, the inputs and the warm-up. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(args, { json: { type: 'boolean' } });
  const [path] = positionals;
  const source = await readFormula(path);
  const checked = checkFormula(source.formula);
  const problems = located(source.problems.length > 0 ? source.problems : checked.diagnostics, source);
  const isWrong = problems.some(({ severity }) => severity === 'error');
  const inputs = inputsOf(source.formula);
  if (values.json) {
    console.log(JSON.stringify({ ok: !isWrong, problems, inputs, warmUp: checked.warmUp }, null, 2));
    return isWrong ? 1 : 0;
  }
  printProblems(problems, path ?? '-');
  if (isWrong) return 1;
  if (inputs.length > 0) console.log(`${table(['input', 'value', 'range'], inputs.map((input) => [input.name, String(input.value), range(input)]))}\n`);
  console.log(`No errors. Warm-up: ${checked.warmUp} bars.`);
  return 0;
}

function range({ min, max, step, options }: ReturnType<typeof inputsOf>[number]): string {
  if (options) return options.join(', ');
  return [min === undefined && max === undefined ? '' : `${min ?? ''}..${max ?? ''}`, step === undefined ? '' : `step ${step}`].join(' ').trim();
}
