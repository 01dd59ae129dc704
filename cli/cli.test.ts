import { mkdtemp, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { alphaloom } from '#cli/testing/run-alphaloom.ts';
import { parse } from '#core/formula/language/parse.ts';
import { writeHistory } from '#core/history/history-file.ts';
import { placesOf } from './is-fresh.mjs';
import { SETTING_OPTIONS } from './read-settings.ts';

const FORMULA = `input fast = 2 in 1..5
a = sma(close, fast)
buy(when: close > a)
sell(when: close < a)
`;
const BARS = `time,open,high,low,close,volume
2024-01-01,10,11,9,10,100
2024-01-02,10,12,10,12,100
2024-01-03,12,13,11,13,100
2024-01-04,13,13,9,9,100
2024-01-05,9,10,8,9,100
`;

let folder = '';
const file = (name: string) => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alphaloom-cli-'));
  await Promise.all([
    writeFile(file('good.alpha'), FORMULA),
    writeFile(file('bars.csv'), BARS),
    writeFile(file('bad.csv'), BARS.replace('13,11,13', '1,11,13')),
  ]);
});
afterAll(() => rm(folder, { recursive: true }));

describe('alphaloom', () => {
  test('starts from a snapshot, which it makes anew when a source is newer', async () => {
    const { inputs, snapshot } = placesOf(process.cwd());
    const checked = { code: 0, stdout: expect.stringContaining('No errors') };
    expect(await alphaloom(['check', file('good.alpha')])).toMatchObject(checked);
    const made = await stat(snapshot);
    expect(await alphaloom(['check', file('good.alpha')])).toMatchObject(checked);
    expect((await stat(snapshot)).mtimeMs).toBe(made.mtimeMs);
    await utimes(inputs, 0, 0);
    expect(await alphaloom(['check', file('good.alpha')])).toMatchObject(checked);
    expect((await stat(snapshot)).mtimeMs).toBeGreaterThan(made.mtimeMs);
  });

  test('the help names every setting of a run', async () => {
    const { stdout } = await alphaloom(['backtest', '--help']);
    for (const name of Object.keys(SETTING_OPTIONS)) expect(stdout).toContain(`--${name} `);
  });

  test('diff as Markdown, as one HTML file, and as a driver of git', async () => {
    const changed = FORMULA.replace('fast = 2', 'fast = 3');
    await writeFile(file('changed.alpha'), changed);
    const [a, b] = [file('good.alpha'), file('changed.alpha')];
    expect(await alphaloom(['diff', '--markdown', a, b])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('### good.alpha → changed.alpha\n\n**Inputs**\n\n- fast 2 → 3\n'),
    });
    expect((await alphaloom(['diff', '--html', a, b])).stdout).toMatch(/^<!doctype html>[^]*<svg[^]*<\/html>\n$/);
    expect(await alphaloom(['diff', '--html', '--json', a, b])).toMatchObject({
      code: 2,
      stderr: 'Choose one of --json and --html.\n',
    });
    expect(await alphaloom(['diff', '--git', 'trend.loom', a, 'aa', '100644', b, 'bb', '100644'])).toEqual({
      code: 0,
      stdout: 'alphaloom diff trend.loom\n~ fast 2 → 3\n',
      stderr: '',
    });
    expect(await alphaloom(['diff', '--git', 'new.loom', '/dev/null', '.', '.', b, 'bb', '100644'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('+ input fast = 3 in 1..5 added'),
    });
    const renamed = FORMULA.replaceAll('a = ', 'line = ').replaceAll('> a', '> line').replaceAll('< a', '< line');
    expect((await alphaloom(['diff', a, '-'], renamed)).stdout).toBe(
      '= Both do the same on all bars: only how the strategy is written differs.\n~ a renamed to line\n',
    );
  });

  test('history tells the versions of a file with what each changed, and refuses a file that was changed', async () => {
    const versions = ['buy(when: close > 1)', 'buy(when: close > 2)'].map((code, place) => ({
      number: place + 1,
      name: '',
      message: `Step ${place + 1}`,
      author: 'Ada',
      at: Date.UTC(2024, 0, 1 + place),
      tags: [],
      formula: parse(code).formula,
    }));
    const written =
      writeHistory({
        name: 'Told',
        tags: [],
        origin: null,
        versions,
        draft: parse('buy(when: close > 2)').formula,
        omitted: 0,
      }) ?? '';
    const { code, stdout } = await alphaloom(['history', '-'], written);
    expect(code).toBe(0);
    expect(stdout).toMatch(/v2 {2}2024-01-02 00:00 {2}Ada {2}Step 2\n {4}buy: when close > 1 → close > 2\n\nv1/);
    const wrong = await alphaloom(['history', '-'], written.replace(/"contentHash":"[0-9a-f]+"/, '"contentHash":"0"'));
    expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining('hash') });
  });

  test('merge takes what both changed, and says where both changed one thing', async () => {
    const [base, ours] = [file('good.alpha'), file('ours.alpha')];
    await writeFile(ours, FORMULA.replace('fast = 2', 'fast = 3'));
    const theirs = FORMULA.replace('close < a)', 'close < a)\ninfo(when: close > 12)');
    const both = theirs.replace('fast = 2', 'fast = 3');
    const printed = (await alphaloom(['fmt', '-'], both)).stdout;
    expect(await alphaloom(['merge', base, ours, '-'], theirs)).toEqual({ code: 0, stdout: printed, stderr: '' });
    const other = theirs.replace('fast = 2', 'fast = 4');
    expect(await alphaloom(['merge', base, ours, '-'], other)).toEqual({
      code: 1,
      stdout: printed,
      stderr: 'conflict: theirs: fast 2 → 4 | ours, which stays: fast 2 → 3\n',
    });
    expect(await alphaloom(['merge', base, ours, '-', '--take', 'theirs', '--write'], other)).toEqual({
      code: 0,
      stdout: '',
      stderr: '',
    });
    expect((await alphaloom(['diff', ours, '-'], other)).stdout).toBe('');
    expect(await alphaloom(['merge', base, ours])).toMatchObject({ code: 2 });
  });

  test('diff says what is different, one line each', async () => {
    const changed = FORMULA.replace('fast = 2', 'fast = 3').replace(
      'buy(when: close > a)',
      'buy(when: close > a, stop: 2%)',
    );
    expect(await alphaloom(['diff', file('good.alpha'), '-'], changed)).toEqual({
      code: 0,
      stdout: '~ fast 2 → 3\n~ stop 2% added to buy\n',
      stderr: '',
    });
    expect(await alphaloom(['diff', file('good.alpha'), file('good.alpha')])).toEqual({
      code: 0,
      stdout: '',
      stderr: '',
    });
    const { stdout } = await alphaloom(['fmt', file('good.alpha'), '--to', 'json']);
    expect(await alphaloom(['diff', file('good.alpha'), '-'], stdout)).toEqual({ code: 0, stdout: '', stderr: '' });
    const json = JSON.parse((await alphaloom(['diff', '-', file('good.alpha'), '--json'], changed)).stdout);
    expect(json).toMatchObject({
      format: 'alphaloom/diff@1',
      changes: [
        { kind: 'changed', label: 'fast', before: '3', after: '2' },
        { kind: 'changed', label: 'buy', where: 'stop', before: '2%' },
      ],
      edits: expect.any(Array),
    });
    expect(await alphaloom(['diff', file('good.alpha'), '-'], 'a = smaa(')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('stdin:1:'),
    });
    expect(await alphaloom(['diff', file('good.alpha')])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('two formulas'),
    });
  });

  test('check says what is wrong with its line, and exits with 1', async () => {
    expect(await alphaloom(['check', file('good.alpha')])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('fast'),
    });
    const wrong = await alphaloom(['check', '-'], 'a = smaa(close, 3)\nb = close +\nbuy(when: a > 1)\n');
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toContain('stdin:1:5: error: There is no function `smaa`. Did you mean `sma`?');
    expect(wrong.stderr).toContain('stdin:2:');
  });

  test('check reads on after a problem, and tells errors and warnings apart', async () => {
    const { code, stderr } = await alphaloom(
      ['check', '-'],
      'a = sma(close, 0)\nb = (1\nbuy(when: rsi(close, 14) > 120)\n',
    );
    expect(code).toBe(1);
    expect(stderr.split('\n')).toEqual([
      expect.stringMatching(/^stdin:1:1: error: `timePeriod` of `sma` is at least 2/),
      expect.stringMatching(/^stdin:1:1: warning: Nobody uses `a`/),
      expect.stringMatching(/^stdin:2:5: error: The bracket/),
      expect.stringMatching(/^stdin:3:1: warning: `buy` never acts/),
      expect.stringMatching(/^stdin:3:11: warning: .* can never be true/),
      '',
    ]);
    const json = await alphaloom(['check', '-', '--json'], 'buy(when: hour > 24)');
    expect(json.code).toBe(0);
    expect(JSON.parse(json.stdout)).toMatchObject({
      ok: true,
      warmUp: 0,
      problems: [
        { code: 'never-acts', severity: 'warning' },
        { code: 'never', span: { line: 1, column: 11 } },
      ],
    });
  });

  test('check --data says what the bars are too few for, and so does backtest', async () => {
    const formula = 'slow = sma(close, 9)\nbuy(when: close > slow)';
    expect(await alphaloom(['check', '-', '--data', file('bars.csv')], formula)).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('stdin:1:1: warning: `slow` looks back over 8 bars and the data has 5 bars'),
      stdout: expect.stringContaining('Warm-up: 8 bars of 5.'),
    });
    expect(await alphaloom(['backtest', '-', '--data', file('bars.csv')], formula)).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('looks back over 8 bars'),
    });
    expect(await alphaloom(['check', '-', '--data', file('bad.csv')], formula)).toMatchObject({ code: 1 });
  });

  test('JSON is told of with the line of its problem', async () => {
    const { stdout } = await alphaloom(['fmt', file('good.alpha'), '--to', 'json']);
    expect((await alphaloom(['check', '-'], stdout)).code).toBe(0);
    expect(await alphaloom(['check', '-'], stdout.replace('"sma"', '"smaa"'))).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /^stdin:\d+:\d+: error: nodes\.\w+\.block: There is no block "smaa"\. Did you mean `sma`\?/,
      ),
    });
    expect(await alphaloom(['check', '-'], stdout.replace('"buy"', '"buy'))).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^stdin:\d+:\d+: error: This is no JSON: The text has no closing quote/),
    });
    expect(await alphaloom(['check', '-'], '{"format": "alphaloom/formula@2", "nodes": {}}')).toMatchObject({
      code: 1,
      stderr: 'stdin:1:12: error: The format is "alphaloom/formula@2"; this version reads "alphaloom/formula@1".\n',
    });
  });

  test('rubbish ends in an error, and soon', async () => {
    const length = 10_000_000;
    for (const rubbish of [
      '('.repeat(length),
      '\n'.repeat(length),
      'a=a\n'.repeat(length / 4),
      `{"a":${'['.repeat(length)}`,
      '\0\u00ff'.repeat(length / 2),
    ]) {
      const begin = performance.now();
      const { code, stderr } = await alphaloom(['check', '-'], rubbish);
      expect(code).toBe(1);
      expect(stderr.length).toBeLessThan(10_000);
      expect(performance.now() - begin).toBeLessThan(10_000);
    }
  }, 60_000);

  test('fmt prints the canonical text, and JSON that reads back', async () => {
    expect((await alphaloom(['fmt', '-'], 'a=sma( close,3 )\nbuy( when:close>a)')).stdout).toBe(
      'a = sma(close, 3)\n\nbuy(when: close > a)\n',
    );
    const json = await alphaloom(['fmt', file('good.alpha'), '--to', 'json']);
    expect((await alphaloom(['fmt', '-', '--to', 'code'], json.stdout)).stdout).toBe(
      (await alphaloom(['fmt', file('good.alpha')])).stdout,
    );
  });

  test('eval prints the named series, na as an empty cell', async () => {
    const { stdout } = await alphaloom(['eval', file('good.alpha'), '--data', file('bars.csv'), '--set', 'fast=3']);
    expect(stdout.split('\n').slice(0, 4)).toEqual([
      'time,a',
      '2024-01-01T00:00:00.000Z,',
      '2024-01-02T00:00:00.000Z,',
      '2024-01-03T00:00:00.000Z,11.666666666666666',
    ]);
  });

  test('backtest prints figures for people and JSON for programs', async () => {
    const people = await alphaloom(['backtest', file('good.alpha'), '--data', file('bars.csv')]);
    expect(people).toMatchObject({ code: 0, stdout: expect.stringContaining('Total return') });
    const { stdout } = await alphaloom([
      'backtest',
      file('good.alpha'),
      '--data',
      file('bars.csv'),
      '--json',
      '--cash',
      '1000',
    ]);
    const result: unknown = JSON.parse(stdout);
    // Bought at 12 on the third bar, sold at 9 on the fifth.
    expect(result).toMatchObject({
      format: 'alphaloom/backtest@1',
      bars: 5,
      trades: [{ side: 'long', entryPrice: 12, exitPrice: 9, net: -250, reason: 'signal' }],
    });
  });

  test('sweep ranks every combination, the same on any number of threads', async () => {
    const sweep = (...more: string[]) =>
      alphaloom([
        'sweep',
        file('good.alpha'),
        '--data',
        file('bars.csv'),
        '--set',
        'fast=2..4',
        '--by',
        'totalReturn',
        ...more,
      ]);
    const people = await sweep();
    expect(people).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('The best 3 of 3 settings by Total return'),
    });
    const [one, three] = await Promise.all([sweep('--json', '--threads', '1'), sweep('--json', '--threads', '3')]);
    expect(one.stdout).toBe(three.stdout);
    const alone = await alphaloom([
      'backtest',
      file('good.alpha'),
      '--data',
      file('bars.csv'),
      '--set',
      'fast=4',
      '--json',
    ]);
    const { metrics }: { metrics: unknown } = JSON.parse(alone.stdout);
    expect(JSON.parse(one.stdout)).toMatchObject({
      format: 'alphaloom/sweep@1',
      candidates: 3,
      refused: [],
      results: expect.arrayContaining([{ inputs: { fast: 4 }, metrics }]),
    });
    expect(await sweep('--json', '--where', 'fast > 3')).toMatchObject({
      stdout: expect.stringContaining('"candidates":1'),
    });
  }, 60_000);

  test('sweep puts what never lost first and what never traded last, and says so', async () => {
    await writeFile(
      file('kinds.alpha'),
      'input kind = 0\nbuy(when: (kind == 1 and barIndex == 0) or kind == 2)\nsell(when: kind == 1 and barIndex == 1)\n',
    );
    const ranked = async (by: string) => {
      const { stdout } = await alphaloom([
        'sweep',
        file('kinds.alpha'),
        '--data',
        file('bars.csv'),
        '--set',
        'kind=0,1,2',
        '--by',
        by,
      ]);
      return { kinds: [...stdout.matchAll(/^ *([012]) /gm)].map(([, kind]) => kind), stdout };
    };
    expect(await ranked('profitFactor')).toMatchObject({
      kinds: ['1', '2', '0'],
      stdout: expect.stringContaining(
        'By Profit factor, 1 setting that never lost, and so without a figure, comes first.',
      ),
    });
    expect(await ranked('maxDrawdown')).toMatchObject({
      kinds: ['1', '2', '0'],
      stdout: expect.stringContaining('By Maximum drawdown, 1 setting that never traded comes last.'),
    });
  });

  test('a range of percentages goes by one per cent', async () => {
    await writeFile(file('percent.alpha'), 'input loss = 5%\nbuy(when: close > open, stop: loss)\n');
    const sweep = await alphaloom([
      'sweep',
      file('percent.alpha'),
      '--data',
      file('bars.csv'),
      '--set',
      'loss=1%..4%',
      '--json',
    ]);
    expect(
      JSON.parse(sweep.stdout)
        .results.map(({ inputs }: { readonly inputs: { readonly loss: number } }) => inputs.loss)
        .sort(),
    ).toEqual([0.01, 0.02, 0.03, 0.04]);
  });

  test('sweep says what is wrong with its ranges', async () => {
    const sweep = (...more: string[]) => alphaloom(['sweep', file('good.alpha'), '--data', file('bars.csv'), ...more]);
    expect(await sweep()).toMatchObject({ code: 2, stderr: expect.stringContaining('--set fast=2..50') });
    expect(await sweep('--set', 'fast=1,000')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('write 1000 for one number'),
    });
    expect(await sweep('--set', 'fast=5..2')).toMatchObject({ code: 2, stderr: expect.stringContaining('empty') });
    expect(await sweep('--set', 'fast=a..b')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no range of numbers'),
    });
    expect(await sweep('--set', 'fast=0.5..0.9')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('needs a step: 0.5..0.9:0.04, say'),
    });
    expect(await sweep('--set', 'fast=4..9')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("4 settings can't be"),
    });
  }, 60_000);

  test('bad data is refused with its line', async () => {
    expect(await alphaloom(['backtest', file('good.alpha'), '--data', file('bad.csv')])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('bad.csv:4: error: The high 1 is below the low 11.'),
    });
  });

  test('an input outside its range is refused', async () => {
    expect(
      await alphaloom(['backtest', file('good.alpha'), '--data', file('bars.csv'), '--set', 'fast=9']),
    ).toMatchObject({ code: 1, stderr: expect.stringContaining('at the most 5') });
  });

  test('a wrong command exits with 2 and says what is right', async () => {
    expect(await alphaloom(['frob'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('check, fmt, diff, merge, history, eval, backtest, sweep, audit, blocks'),
    });
    expect(await alphaloom(['backtest', file('good.alpha')])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--data'),
    });
    expect(await alphaloom(['check', file('none')])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("can't be read"),
    });
  });

  test('settings that make no sense are refused', async () => {
    expect(
      await alphaloom(['backtest', file('good.alpha'), '--data', file('bars.csv'), '--leverage', '0']),
    ).toMatchObject({ code: 2, stderr: '--leverage lies between 0.01 and 100.\n' });
    expect(
      await alphaloom(['backtest', file('good.alpha'), '--data', file('bars.csv'), '--commission-fixed', '-1']),
    ).toMatchObject({ code: 2 });
  });

  test('--data SYMBOL=FILE gives a feed its bars', async () => {
    const { stdout } = await alphaloom(
      ['eval', '-', '--data', file('bars.csv'), '--data', `SPY=${file('bars.csv')}`],
      'other = feed("SPY")\nlast = other.close + 1\nbuy(when: last > 1)',
    );
    expect(stdout.split('\n')[1]).toBe('2024-01-01T00:00:00.000Z,10,11,9,10,100,11');
  });

  test('blocks prints the catalogue and one block', async () => {
    expect((await alphaloom(['blocks'])).stdout).toMatch(/^sma +indicators +The mean/m);
    expect((await alphaloom(['blocks', 'macd'])).stdout).toContain('signalPeriod');
  });
});
