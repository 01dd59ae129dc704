import { writeFile } from 'node:fs/promises';
import { toJson } from '#core/formula/json/json.ts';
import { print } from '#core/formula/language/print.ts';
import { located, printProblems } from './print-problems.ts';
import { readFormula } from './read-formula.ts';
import { readArguments, UsageError } from './usage.ts';

/** `alphaloom fmt FORMULA`: the canonical text, or the other form of it. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(args, { to: { type: 'string' }, write: { type: 'boolean' } });
  const [path] = positionals;
  if (values.to !== undefined && values.to !== 'code' && values.to !== 'json')
    throw new UsageError(`--to is code or json, not "${values.to}".`);
  const source = await readFormula(path);
  if (source.problems.length > 0) {
    printProblems(located(source.problems, source), path ?? '-');
    return 1;
  }
  const toCode = values.to === undefined ? !source.isJson : values.to === 'code';
  const text = toCode ? print(source.formula) : `${toJson(source.formula)}\n`;
  if (!values.write) process.stdout.write(text);
  else if (path === undefined || path === '-') throw new UsageError('--write needs a file.');
  else if (text !== source.text) await writeFile(path, text);
  return 0;
}
