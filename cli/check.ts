import { inputsOf, printInput, type InputDeclaration } from '#core/engine/plan/inputs.ts';
import { checkText } from '#core/formula/check/check-text.ts';
import type { Constant } from '#core/formula/facts/constants.ts';
import type { Diagnostic } from '#core/formula/model/diagnostic.ts';
import { printProblems } from './print-problems.ts';
import { readSource } from './read-formula.ts';
import { table } from './table.ts';
import { DATA_OPTIONS, readArguments } from './usage.ts';

/**
 * `alphaloom check FORMULA [--data BARS.csv]`: every problem, the inputs and the warm-up; with bars, also what they are
 * too few for.
 */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(args, { ...DATA_OPTIONS, json: { type: 'boolean' } });
  const [path] = positionals;
  const source = await readSource(path);
  // The reader of bars is not loaded where there are none: most of the time goes into the start.
  const data = values.data === undefined ? undefined : await (await import('./read-bars.ts')).readData(values);
  if (data === null) return 1;
  const { formula, diagnostics, checked } = checkText(source, {
    bars: data?.bars.length,
    withoutVolume: data?.withoutVolume,
  });
  const problems: readonly Diagnostic[] = [
    ...diagnostics,
    ...(data ? (await import('./feed-problems.ts')).feedProblems(formula, data) : []),
  ];
  const isWrong = problems.some(({ severity }) => severity === 'error');
  const inputs = inputsOf(formula);
  if (values.json) {
    console.log(JSON.stringify({ ok: !isWrong, problems, inputs, warmUp: checked.warmUp }, null, 2));
    return isWrong ? 1 : 0;
  }
  printProblems(problems, path ?? '-');
  if (isWrong) return 1;
  if (inputs.length > 0)
    console.log(
      `${table(
        ['input', 'value', 'range'],
        inputs.map((input) => [input.name, printInput(input, input.value), range(input)]),
      )}\n`,
    );
  console.log(
    `No errors${warningsIn(problems.length)}. Warm-up: ${checked.warmUp} bars${data ? ` of ${data.bars.length}` : ''}.`,
  );
  return 0;
}

const warningsIn = (count: number): string =>
  count === 0 ? '' : count === 1 ? ', one warning' : `, ${count} warnings`;

function range(input: InputDeclaration): string {
  const { min, max, step, options } = input;
  const print = (value: Constant | undefined): string => printInput(input, value);
  if (options) return options.map(print).join(', ');
  return [
    min === undefined && max === undefined ? '' : `${print(min)}..${print(max)}`,
    step === undefined ? '' : `step ${print(step)}`,
  ]
    .join(' ')
    .trim();
}
