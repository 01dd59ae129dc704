import { basename } from 'node:path';
import { describeChange } from '#core/diff/describe.ts';
import type { Change } from '#core/diff/diff.ts';
import { reportOn, SAME_IN_OTHER_WORDS, type DiffReport } from '#core/diff/report/report.ts';
import { toHtml } from '#core/diff/report/to-html.ts';
import { toMarkdown } from '#core/diff/report/to-markdown.ts';
import { EMPTY_FORMULA, type Formula } from '#core/formula/model/formula.ts';
import { located, printProblems } from './print-problems.ts';
import { readFormula } from './read-formula.ts';
import { readArguments, UsageError } from './usage.ts';

const SIGNS: Readonly<Partial<Record<Change['kind'], string>>> = { added: '+', removed: '-' };

const FORMS = { json: { type: 'boolean' }, markdown: { type: 'boolean' }, html: { type: 'boolean' } } as const;

/**
 * What git gives to a diff driver: path, old file, its hash and mode, new file, its hash and mode; of a rename two
 * more.
 */
const FROM_GIT = 7;
const FROM_GIT_RENAMED = 9;

/**
 * `alphaloom diff A B`: what is different in the second formula, one difference a line; nothing when they say the same.
 * With `--git` the arguments are those that git gives to a diff driver.
 */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(args, { ...FORMS, git: { type: 'boolean' } }, FROM_GIT_RENAMED);
  const { before, after, title } = values.git ? fromGit(positionals) : named(positionals);
  const chosen = Object.keys(FORMS).filter((form) => Object.entries(values).some(([name, is]) => name === form && is));
  if (chosen.length > 1) throw new UsageError(`Choose one of ${chosen.map((form) => `--${form}`).join(' and ')}.`);
  const formulas: Formula[] = [];
  for (const path of [before, after]) {
    // What git compares a new or a deleted file with.
    if (path === '/dev/null') {
      formulas.push(EMPTY_FORMULA);
      continue;
    }
    const source = await readFormula(path);
    printProblems(located(source.problems, source), values.git ? title : path);
    if (source.problems.length === 0) formulas.push(source.formula);
  }
  const [a, b] = formulas;
  if (!a || !b) {
    // Git stops at a driver that fails: the rest of its diff would not be seen. Its pager does not show the problems.
    if (values.git)
      console.log(`alphaloom diff ${title}\n! Not all of it can be read: git diff --no-ext-diff shows the text.`);
    return values.git ? 0 : 1;
  }
  const report = reportOn(a, b);
  if (values.json) console.log(JSON.stringify(asJson(report), null, 2));
  else if (values.markdown) process.stdout.write(toMarkdown(report, title));
  else if (values.html) process.stdout.write(toHtml(report, title));
  else printLines(report, values.git ? title : null);
  return 0;
}

function named(positionals: readonly string[]) {
  const [before, after, unread] = positionals;
  if (unread !== undefined) throw new UsageError(`"${unread}" is one name too many: this command takes 2.`);
  if (before === undefined || after === undefined)
    throw new UsageError('Name two formulas: alphaloom diff BEFORE AFTER. One of them may be - for standard input.');
  if (before === '-' && after === '-') throw new UsageError('Only one of the formulas can come from standard input.');
  return { before, after, title: `${basename(before)} → ${basename(after)}` };
}

function fromGit(positionals: readonly string[]) {
  const [path, before, , , after, , , renamed] = positionals;
  const isWhole = positionals.length === FROM_GIT || positionals.length === FROM_GIT_RENAMED;
  if (path === undefined || before === undefined || after === undefined || !isWhole)
    throw new UsageError('--git is for git alone: git config diff.alphaloom.command "alphaloom diff --git".');
  return { before, after, title: renamed === undefined ? path : `${path} → ${renamed}` };
}

function asJson({ edits, changes, groups, isSameMeaning }: DiffReport) {
  return {
    format: 'alphaloom/diff@1',
    isSameMeaning,
    edits,
    changes,
    effects: groups.map(({ effect, changes: members }) => ({ effect, sentences: members.map(describeChange) })),
  };
}

function printLines({ changes, isSameMeaning }: DiffReport, title: string | null): void {
  if (title !== null) console.log(`alphaloom diff ${title}`);
  if (isSameMeaning && changes.length > 0) console.log(`= ${SAME_IN_OTHER_WORDS}`);
  for (const change of changes) console.log(`${SIGNS[change.kind] ?? '~'} ${describeChange(change)}`);
}
