import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { check } from '#core/formula/check/check.ts';
import { toJson } from '#core/formula/json/json.ts';
import { print } from '#core/formula/language/print.ts';
import { merge, type Merge, type MergeChange } from '#core/merge/merge.ts';
import { located, printProblems } from './print-problems.ts';
import { readFormula, type Source } from './read-formula.ts';
import { readArguments, UsageError } from './usage.ts';

/**
 * `alphaloom merge BASE OURS THEIRS`: ours with what theirs has changed since the base. Where both have changed the
 * same thing, ours stays, the conflict is told, and the exit code is 1. With `--write` the result is written to OURS,
 * as git wants it of a merge driver; a fourth name is what people call the file. Then what can't be read is merged as
 * text, with the marks of git, so that nothing of it is lost.
 */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(args, { take: { type: 'string' }, write: { type: 'boolean' } }, 4);
  const [base, ours, theirs, named] = positionals;
  if (base === undefined || ours === undefined || theirs === undefined)
    throw new UsageError('Name three formulas: alphaloom merge BASE OURS THEIRS.');
  if (values.take !== undefined && values.take !== 'ours' && values.take !== 'theirs')
    throw new UsageError(`--take is ours or theirs, not "${values.take}".`);
  if (values.write && ours === '-') throw new UsageError('--write needs a file, not standard input.');
  const name = named ?? ours;
  const sources: Source[] = [];
  for (const [path, label] of [
    [base, named === undefined ? base : `${named} (base)`],
    [ours, name],
    [theirs, named === undefined ? theirs : `${named} (theirs)`],
  ] as const) {
    const source = await readFormula(path);
    printProblems(located(source.problems, source), label);
    if (source.problems.length === 0) sources.push(source);
  }
  const [a, b, c] = sources;
  if (!a || !b || !c) return values.write ? mergeAsText({ base, ours, theirs }, name) : 1;
  const both = merge(a.formula, b.formula, c.formula);
  const isLeft = ({ conflicts }: MergeChange): boolean => conflicts.length > 0 && values.take !== 'theirs';
  const { formula, missing } = both.take(
    new Set(both.theirs.flatMap((change, place) => (isLeft(change) ? [] : [place]))),
  );
  const result = b.isJson ? `${toJson(formula)}\n` : print(formula);
  if (values.write) await writeFile(ours, result);
  else process.stdout.write(result);
  const conflicts = values.take === undefined ? both.theirs.filter(isLeft) : [];
  for (const change of conflicts) console.error(conflictIn(both, change));
  if (values.take === undefined) for (const { change, needs } of missing) console.error(missingIn(both, change, needs));
  const problems = check(formula).diagnostics.filter(({ severity }) => severity === 'error');
  printProblems(problems, name);
  return conflicts.length > 0 || problems.length > 0 ? 1 : 0;
}

/** The exit code is 1 also where the texts have no conflict: what can't be read is for a person. */
async function mergeAsText(
  { base, ours, theirs }: Readonly<Record<'base' | 'ours' | 'theirs', string>>,
  name: string,
): Promise<number> {
  const labels = ['ours', 'base', 'theirs'].flatMap((label) => ['-L', label]);
  const failure = await new Promise<string | null>((resolve) => {
    // How many conflicts there are is the exit code, and no failure.
    execFile('git', ['merge-file', '--diff3', ...labels, ours, base, theirs], (error, _, stderr) =>
      resolve(error && !(typeof error.code === 'number' && error.code < 128) ? stderr || error.message : null),
    );
  });
  console.error(
    failure === null
      ? `${name}: was merged as text, since not all of it can be read. Look through it before you keep it.`
      : `${name}: can't be merged, neither as a strategy nor as text, and is ours: ${failure.trim()}`,
  );
  return 1;
}

const sentencesOf = (change: MergeChange | undefined): string => change?.sentences.join('; ') ?? '';

const sentencesAt = (changes: readonly MergeChange[], places: readonly number[]): string =>
  places.map((place) => sentencesOf(changes[place])).join('; ');

const conflictIn = ({ ours }: Merge, { sentences, conflicts }: MergeChange): string =>
  `conflict: theirs: ${sentences.join('; ')} | ours, which stays: ${sentencesAt(ours, conflicts)}`;

const missingIn = ({ theirs }: Merge, change: number, needs: readonly number[]): string =>
  `left out: ${sentencesOf(theirs[change])}, which needs: ${sentencesAt(theirs, needs)}`;
