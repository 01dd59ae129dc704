import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { table } from '#cli/table.ts';
import { firstLoads } from './first-loads.ts';

const BUDGETS = new URL('budgets.json', import.meta.url);
const budgetShape = z.record(z.string(), z.number());

const kilobytes = (bytes: number): string => (bytes / 1000).toFixed(1);

/** Pages that load more than they may, that have no budget, and budgets of pages that are gone, in words. */
export function tooLarge(
  loads: ReadonlyMap<string, number>,
  budgets: Readonly<Record<string, number>>,
): readonly string[] {
  const pages = [...loads].flatMap(([route, bytes]) => {
    const budget = budgets[route];
    if (budget === undefined) return [`${route} has no budget: add it to tools/page-sizes/budgets.json`];
    return bytes > budget * 1000
      ? [
          `${route} loads ${kilobytes(bytes)} kB, and may load ${budget}: load less at first, or say in the commit why not`,
        ]
      : [];
  });
  const gone = Object.keys(budgets).flatMap((route) =>
    loads.has(route) ? [] : [`${route} has a budget, and no page`],
  );
  return [...pages, ...gone];
}

/** Prints the first load of each page of the build beside its budget; false when one of them is too large. */
export async function checkSizes(say: (line: string) => void): Promise<boolean> {
  const budgets = budgetShape.parse(JSON.parse(await readFile(BUDGETS, 'utf8')));
  const loads = await firstLoads();
  const rows = [...loads].toSorted(([, a], [, b]) => b - a);
  say(
    table(
      ['page', 'first load, kB gzip', 'budget'],
      rows.map(([route, bytes]) => [route, kilobytes(bytes), String(budgets[route] ?? 'none')]),
    ),
  );
  const problems = tooLarge(loads, budgets);
  problems.forEach(say);
  return problems.length === 0;
}
