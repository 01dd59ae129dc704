import { describeChange } from '../describe.ts';
import type { CodeRow } from './code-rows.ts';
import { EFFECT_TITLES, SAME_IN_OTHER_WORDS, type DiffReport } from './report.ts';

/** A report for a pull request: what changed by what it has an effect on, then the code. */
export function toMarkdown({ changes, groups, rows, isSameMeaning }: DiffReport, title: string): string {
  if (changes.length === 0) return `### ${escaped(title)}\n\nNo changes.\n`;
  return (
    [
      `### ${escaped(title)}`,
      ...(isSameMeaning ? [SAME_IN_OTHER_WORDS] : []),
      ...groups.map(({ effect, changes: members }) => {
        const items = members.map((change) => `- ${escaped(describeChange(change))}`);
        return `**${EFFECT_TITLES[effect]}**\n\n${items.join('\n')}`;
      }),
      fenced(rows),
      '',
    ]
      .join('\n\n')
      .trimEnd() + '\n'
  );
}

/** Lines that stay are left out where there are many of them. */
const AROUND = 2;

function fenced(rows: readonly CodeRow[]): string {
  const isNear = (place: number): boolean =>
    rows.slice(Math.max(0, place - AROUND), place + AROUND + 1).some(({ kind }) => kind !== 'same');
  const lines = rows.flatMap((row, place) => {
    if (row.kind !== 'same') return linesOf(row);
    if (isNear(place)) return linesOf(row);
    return place > 0 && !isNear(place - 1) ? [] : [' …'];
  });
  // A fence is longer than any run of its sign inside.
  const fence = '`'.repeat(Math.max(3, ...[...lines.join('\n').matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return `${fence}diff\n${lines.join('\n')}\n${fence}`;
}

function linesOf(row: CodeRow): string[] {
  const each = (sign: string, text: string) => text.split('\n').map((line) => `${sign}${line}`);
  switch (row.kind) {
    case 'same':
      return each(' ', row.text);
    case 'added':
      return each('+', row.after);
    case 'removed':
      return each('-', row.before);
    case 'changed':
      return [...each('-', row.before), ...each('+', row.after)];
  }
}

/** Text that Markdown takes as it is: names and notes are anybody's. */
const escaped = (text: string): string => text.replaceAll(/[\\`*_{}[\]<>#|~!@]/g, (sign) => `\\${sign}`);
