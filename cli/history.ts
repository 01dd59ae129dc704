import { describeChange } from '#core/diff/describe.ts';
import { diff } from '#core/diff/diff.ts';
import { EMPTY_FORMULA } from '#core/formula/model/formula.ts';
import { readHistory, type History } from '#core/history/history-file.ts';
import { readSource } from './read-formula.ts';
import { readArguments } from './usage.ts';

/** Sentences of one version. */
const MOST_TOLD = 20;

/**
 * `alphaloom history FILE`: the versions of a strategy that was exported with its history, the newest first, each with
 * what it changed. Exit code 1 when the file is no history, or its hashes are others.
 */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(args, { json: { type: 'boolean' } });
  const read = readHistory(await readSource(positionals[0]));
  if (!read.ok) {
    console.error(read.error);
    return 1;
  }
  const versions = told(read.value);
  if (values.json) console.log(JSON.stringify({ name: read.value.name, origin: read.value.origin, versions }, null, 2));
  else print(read.value, versions);
  return 0;
}

const told = ({ versions }: History) =>
  versions
    .map(({ formula, at, ...version }, place) => ({
      ...version,
      at: new Date(at).toISOString(),
      changes: diff(versions[place - 1]?.formula ?? EMPTY_FORMULA, formula).changes.map(describeChange),
    }))
    .toReversed();

function print({ name, origin, omitted }: History, versions: ReturnType<typeof told>): void {
  console.log(`${name}${origin ? `, a branch of ${origin.name}, version ${origin.version}` : ''}`);
  for (const version of versions) {
    const named = [version.name, version.message].filter((words) => words !== '').join(': ');
    console.log(`\nv${version.number}  ${version.at.slice(0, 16).replace('T', ' ')}  ${version.author}  ${named}`);
    if (version.tags.length > 0) console.log(`    tags: ${version.tags.join(', ')}`);
    for (const sentence of version.changes.slice(0, MOST_TOLD)) console.log(`    ${sentence}`);
    if (version.changes.length > MOST_TOLD) console.log(`    and ${version.changes.length - MOST_TOLD} more`);
  }
  if (omitted > 0) console.log(`\n${omitted} older versions are not in the file.`);
}
