import { locate } from '#core/formula/language/parse.ts';
import type { Diagnostic } from '#core/formula/model/diagnostic.ts';
import type { Bars } from '#core/market/bars.ts';
import { checkBars } from '#core/market/check-bars.ts';
import type { Source } from './read-formula.ts';

/** Problems with the place where each is, in the order of the text. */
export function located(problems: readonly Diagnostic[], { spans }: Pick<Source, 'spans'>): Diagnostic[] {
  return locate(problems, spans).sort((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0));
}

/** One line a problem, as compilers write them, all of them at once: a formula may have thousands. */
export function printProblems(problems: readonly Diagnostic[], path: string): void {
  if (problems.length === 0) return;
  const lines = problems.map(({ severity, message, span, nodeId }) => {
    const place = span ? `:${span.line}:${span.column}` : nodeId === undefined ? '' : ` (node ${nodeId})`;
    return `${path === '-' ? 'stdin' : path}${place}: ${severity}: ${message}`;
  });
  console.error(lines.join('\n'));
}

/** Says what is wrong with bars; false when they can't be traded. */
export function printBarProblems(bars: Bars): boolean {
  const problems = checkBars(bars);
  for (const { severity, bar, message } of problems) console.error(`bar ${bar + 1}: ${severity}: ${message}`);
  return problems.every(({ severity }) => severity !== 'error');
}
