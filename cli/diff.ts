import { describeChange } from '#core/diff/describe.ts';
import { diff, type Change } from '#core/diff/diff.ts';
import type { Formula } from '#core/formula/model/formula.ts';
import { located, printProblems } from './print-problems.ts';
import { readFormula } from './read-formula.ts';
import { readArguments, UsageError } from './usage.ts';

const SIGNS: Readonly<Partial<Record<Change['kind'], string>>> = { added: '+', removed: '-' };

/**
 * `alphaloom diff A B`: what is different in the second formula, one difference a line; nothing when they mean the
 * same.
 */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(args, { json: { type: 'boolean' } }, 2);
  const [before, after] = positionals;
  if (before === undefined || after === undefined)
    throw new UsageError('Name two formulas: alphaloom diff BEFORE AFTER. One of them may be - for standard input.');
  if (before === '-' && after === '-') throw new UsageError('Only one of the formulas can come from standard input.');
  const formulas: Formula[] = [];
  for (const path of [before, after]) {
    const source = await readFormula(path);
    printProblems(located(source.problems, source), path);
    if (source.problems.length === 0) formulas.push(source.formula);
  }
  const [a, b] = formulas;
  if (!a || !b) return 1;
  const found = diff(a, b);
  if (values.json) console.log(JSON.stringify({ format: 'alphaloom/diff@1', ...found }, null, 2));
  else for (const change of found.changes) console.log(`${SIGNS[change.kind] ?? '~'} ${describeChange(change)}`);
  return 0;
}
