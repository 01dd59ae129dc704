import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { editsBetween } from '#core/formula/change/apply-edits.ts';
import { reconcile } from '#core/formula/change/reconcile.ts';
import { checkText } from '#core/formula/check/check-text.ts';
import { check } from '#core/formula/check/check.ts';
import { fromJsonText, toJson } from '#core/formula/json/json.ts';
import { parse } from '#core/formula/language/parse.ts';
import { print } from '#core/formula/language/print.ts';
import { medianOf, timeOf } from './measure.ts';

export interface LanguageRow {
  readonly work: string;
  readonly lines: number;
  readonly nodes: number;
  readonly milliseconds: number;
}

/** What people write on one line, of values that stand above. */
const LINES: readonly ((above: string, index: number) => string)[] = [
  (above, index) => `sma(${above}, ${2 + (index % 40)})`,
  (above) => `ema(${above}, fast)`,
  (above) => `${above} - 3 * atr(14) / (1 + abs(${above} - open))`,
  (above) => `where(crossover(${above}, sma(close, 30)) and rsi(close, 14) > 40, ${above}, open)`,
  (above) => `bbands(${above}, 20, 2, 2).upper`,
  (above) => `where(${above} > close[1] or not (volume > 1000) and hour < 12, 1, ${above})`,
  (above) => `macd(${above}, 12, 26, 9).hist`,
  (above) => `max(${above}, open) * 1.5 ^ 2`,
  (above) => `highest(${above}, 55)`,
];

/** A formula of so many lines: each value is made of one a few lines above, actions stand between. */
export function linesOfCode(count: number): string {
  const lines = ['input fast = 10 in 2..50'];
  for (let index = 1; lines.length < count; index += 1) {
    const above = index < 8 ? 'close' : `v${index - 1 - ((index * 7) % 6)}`;
    lines.push(`v${index} = ${LINES[index % LINES.length]?.(above, index) ?? above}`);
    if (index % 20 === 0) lines.push(`info(when: ${above} > v${index} and close > open) # ${index}`);
  }
  return lines.join('\n');
}

/** As many lines with one call each. */
const plainLines = (count: number): string =>
  [
    'input fast = 10',
    ...Array.from(
      { length: count - 1 },
      (_, index) =>
        `x${index} = sma(${index === 0 ? 'close' : `x${index - 1}`}, ${index % 40 === 0 ? 'fast' : 2 + (index % 40)})`,
    ),
  ].join('\n');

/** Reading, checking, printing and comparing at three sizes, warm; and the whole command, from its start to its end. */
export async function benchLanguage(sizes: readonly number[] = [500, 2000, 5000]): Promise<readonly LanguageRow[]> {
  const rows: LanguageRow[] = [];
  const folder = await mkdtemp(join(tmpdir(), 'alphaloom-bench-'));
  for (const lines of sizes) {
    const code = linesOfCode(lines);
    const { formula } = parse(code);
    const json = toJson(formula);
    const edited = parse(code.replace('fast = 10', 'fast = 11')).formula;
    const row = (work: string, milliseconds: number) =>
      rows.push({ work, lines, nodes: Object.keys(formula.nodes).length, milliseconds });
    row(
      'read and check',
      medianOf(() => checkText(code), 700),
    );
    row(
      'read',
      medianOf(() => parse(code), 500),
    );
    row(
      'check',
      medianOf(() => check(formula), 500),
    );
    row(
      'print',
      medianOf(() => print(formula), 500),
    );
    row(
      'an edited line: which nodes are which, what changes',
      medianOf(
        () =>
          editsBetween(
            formula,
            reconcile(formula, edited, () => 'fresh'),
          ),
        500,
      ),
    );
    row(
      'read JSON',
      medianOf(() => fromJsonText(json), 500),
    );
    row('alphaloom check, the whole process', await commandOn(code, folder));
    rows.push({
      work: 'the same, one call a line',
      lines,
      nodes: lines,
      milliseconds: await commandOn(plainLines(lines), folder),
    });
  }
  await rm(folder, { recursive: true });
  return rows;
}

/** How long `alphaloom check` takes from its start to its end: the median of nine runs. */
async function commandOn(code: string, folder: string): Promise<number> {
  const file = join(folder, 'formula.loom');
  await writeFile(file, code);
  const samples: number[] = [];
  for (let run = 0; run < 9; run += 1) samples.push(await timeOf(() => alphaloom(['check', file])));
  return samples.sort((a, b) => a - b)[4] ?? Number.NaN;
}

function alphaloom(args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('bin/alphaloom', args, { stdio: 'ignore' });
    child
      .once('error', reject)
      .once('close', (code) =>
        code === 0 ? resolve() : reject(new Error(`alphaloom ${args.join(' ')} ended with ${code}.`)),
      );
  });
}
