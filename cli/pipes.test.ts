import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { alphaloom } from '#cli/testing/run-alphaloom.ts';

const NAMED = 3000;
const LONG = Array.from(
  { length: NAMED },
  (_, index) => `averageOfTheLast${index}Bars = sma(close, ${2 + index})`,
).join('\n');
const BARS = `time,open,high,low,close,volume\n${Array.from({ length: 400 }, (_, day) => `${new Date(day * 86_400_000).toISOString().slice(0, 10)},1.1,1.1,1.1,1.1,9`).join('\n')}\n`;

let folder = '';
const file = (name: string) => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alphaloom-pipes-'));
  await mkdir(file('symbol=BTC/tf=1d'), { recursive: true });
  await Promise.all([
    writeFile(file('long.loom'), LONG),
    writeFile(file('buy.loom'), 'a = close * 1\nbuy(when: a > 0)'),
    writeFile(file('bars.csv'), BARS),
    writeFile(file('symbol=BTC/tf=1d/bars.csv'), BARS),
  ]);
});
afterAll(() => rm(folder, { recursive: true }));

/**
 * What a reader gets that takes its time before it begins, so that the pipe is full meanwhile; all bytes, or none and
 * the pipe closed.
 */
function readLate(
  args: readonly string[],
  reads: boolean,
): Promise<{ readonly code: number | null; readonly bytes: number; readonly stderr: string }> {
  return new Promise((resolve) => {
    const child = spawn('bin/alphaloom', args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let bytes = 0;
    let stderr = '';
    child.stderr.on('data', (piece: Buffer) => (stderr += piece.toString()));
    child.stdout.once('readable', () => {
      if (!reads) child.stdout.destroy();
      // The pipe is full before anybody reads from it.
      else setImmediate(() => child.stdout.on('data', (piece: Buffer) => (bytes += piece.length)));
    });
    child.on('close', (code) => resolve({ code, bytes, stderr }));
  });
}

describe('output into a pipe', () => {
  test('is whole, whatever its size: from the snapshot and without', async () => {
    const json = await alphaloom(['fmt', file('long.loom'), '--to', 'json']);
    expect(Object.keys((JSON.parse(json.stdout) as { nodes: object }).nodes).length).toBeGreaterThanOrEqual(NAMED);
    const { code, bytes } = await readLate(['fmt', file('long.loom'), '--to', 'json'], true);
    expect({ code, bytes }).toEqual({ code: 0, bytes: Buffer.byteLength(json.stdout) });
    const problems = JSON.parse((await alphaloom(['check', file('long.loom'), '--json'])).stdout) as {
      problems: readonly unknown[];
    };
    expect(problems.problems.length).toBeGreaterThan(NAMED - 1);
    expect((await alphaloom(['check', file('long.loom')])).stderr.split('\n').length).toBeGreaterThan(NAMED);
    const { stdout } = await alphaloom(['eval', file('long.loom'), '--data', file('bars.csv')]);
    expect(stdout.trimEnd().split('\n')).toHaveLength(401);
  }, 60_000);

  test('ends quietly where its reader has gone, with the exit code that it would have', async () => {
    expect(await readLate(['fmt', file('long.loom'), '--to', 'json'], false)).toMatchObject({ code: 0, stderr: '' });
    expect(await readLate(['eval', file('long.loom'), '--data', file('bars.csv')], false)).toMatchObject({
      code: 0,
      stderr: '',
    });
    await writeFile(file('wrong.loom'), `${LONG}\nb = smaa(close, 3)`);
    expect(await readLate(['check', file('wrong.loom'), '--json'], false)).toMatchObject({ code: 1, stderr: '' });
  }, 60_000);
});

/** With standard output, and standard error, into a device that is always full. */
function intoFull(
  args: readonly string[],
  also: 'stderr' | null = null,
): Promise<{ readonly code: number | null; readonly stderr: string }> {
  return new Promise((resolve) => {
    const child = spawn(
      'sh',
      ['-c', `exec bin/alphaloom "$@" > /dev/full ${also === null ? '' : '2> /dev/full'}`, 'sh', ...args],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    let stderr = '';
    child.stderr.on('data', (piece: Buffer) => (stderr += piece.toString()));
    child.on('close', (code) => resolve({ code, stderr }));
  });
}

test.runIf(existsSync('/dev/full'))(
  'a full disk is said, with an exit code of its own: from the snapshot and without',
  async () => {
    const full = { code: 3, stderr: "The output can't be written: the disk is full.\n" };
    for (const args of [
      ['blocks'],
      ['check', file('buy.loom'), '--json'],
      ['eval', file('buy.loom'), '--data', file('bars.csv')],
      ['backtest', file('buy.loom'), '--data', file('bars.csv')],
      ['help'],
    ])
      expect(await intoFull(args)).toEqual(full);
    expect(await intoFull(['blocks'], 'stderr')).toEqual({ code: 3, stderr: '' });
  },
  60_000,
);

describe('what ran nothing', () => {
  const sweep = (...more: string[]) =>
    alphaloom(
      ['sweep', '-', '--data', file('bars.csv'), ...more],
      'input fast = 2 in 2..5\nbuy(when: close > sma(close, fast))',
    );

  test('is an error: no bars, no setting, no action, no series', async () => {
    await writeFile(file('none.csv'), 'time,open,high,low,close,volume\n');
    for (const command of ['check', 'eval', 'backtest'])
      expect(await alphaloom([command, file('buy.loom'), '--data', file('none.csv')])).toMatchObject({
        code: 1,
        stdout: '',
      });
    expect(await sweep('--set', 'fast=2..5', '--where', 'fast > 9')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: 'None of 4 settings fulfils `fast > 9`.\n',
    });
    expect(await sweep('--set', 'fast=7..9')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('None of 3 settings can be'),
    });
    expect(await sweep('--set', 'nope=1..3')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('no input `nope`'),
    });
    expect(await alphaloom(['backtest', '-', '--data', file('bars.csv')], 'a = close * 2')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('nothing to run'),
    });
    expect(await alphaloom(['eval', '-', '--data', file('bars.csv')], 'buy(when: close > 1)')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('names no series'),
    });
    expect(await alphaloom(['eval', file('buy.loom'), '--data', file('bars.csv'), '--only', ''])).toMatchObject({
      code: 2,
    });
  }, 60_000);
});

test('what is given twice, too much, or is no number is refused', async () => {
  const backtest = (...more: string[]) =>
    alphaloom(['backtest', file('buy.loom'), '--data', file('bars.csv'), ...more]);
  expect(await backtest('--cash', '5', '--cash', '6')).toMatchObject({ code: 2, stderr: '--cash is given twice.\n' });
  expect(await backtest('--json', '--json')).toMatchObject({ code: 2 });
  expect(await backtest('--set', 'a=1', '--set', 'a=2')).toMatchObject({
    code: 2,
    stderr: '--set a is given twice.\n',
  });
  expect(await backtest('--data', `B=${file('bars.csv')}`, '--data', `B=${file('bars.csv')}`)).toMatchObject({
    code: 2,
    stderr: '--data B is given twice.\n',
  });
  expect(await backtest('--data', file('bars.csv'))).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('one file of bars'),
  });
  expect(await backtest(file('long.loom'))).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('one name too many'),
  });
  for (const text of ['0x10', '', 'ten', 'Infinity', '1,000'])
    expect(await backtest('--cash', text)).toMatchObject({
      code: 2,
      stderr: `--cash takes a number, not "${text}".\n`,
    });
  expect(await backtest('--nope', '3')).toMatchObject({ code: 2, stderr: expect.stringContaining('--nope') });
  expect(await backtest('--cash')).toMatchObject({ code: 2, stderr: expect.stringContaining('--cash') });
}, 60_000);

test('a path of bars may hold =, and so may that of a symbol', async () => {
  const bars = file('symbol=BTC/tf=1d/bars.csv');
  expect(await alphaloom(['backtest', file('buy.loom'), '--data', bars])).toMatchObject({ code: 0 });
  expect(
    await alphaloom(
      ['backtest', '-', `--data=${bars}`, '--data', `BTC=${bars}`],
      'b = feed(symbol: "BTC")\nbuy(when: b.close > 0)',
    ),
  ).toMatchObject({ code: 0 });
}, 60_000);

test('a feed of another time is told', async () => {
  await writeFile(file('late.csv'), BARS.replaceAll('1970-', '2030-').replaceAll('1971-', '2031-'));
  const formula = 'input a = 1\nb = feed(symbol: "B")\nc = b.close * a\nbuy(when: c > 0)';
  for (const [command = '', ...more] of [['check'], ['eval'], ['backtest'], ['sweep', '--set', 'a=1,2']]) {
    expect(
      await alphaloom([command, '-', '--data', file('bars.csv'), '--data', `B=${file('late.csv')}`, ...more], formula),
    ).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('B has no bar before the last of bars') });
  }
}, 60_000);

test('a feed that is there for a part of the time is told, and run', async () => {
  const [header = '', ...rows] = BARS.trimEnd().split('\n');
  await writeFile(file('part.csv'), `${[header, ...rows.slice(10)].join('\n')}\n`);
  const formula = 'input a = 1\nb = feed(symbol: "B")\nc = b.close * a\nbuy(when: c > 0)';
  for (const [command = '', ...more] of [['check'], ['eval'], ['backtest'], ['sweep', '--set', 'a=1,2']]) {
    expect(
      await alphaloom([command, '-', '--data', file('bars.csv'), '--data', `B=${file('part.csv')}`, ...more], formula),
    ).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/warning: B begins on .*: it is missing \(na\) at the 10 bars of bars before\./),
    });
  }
}, 60_000);

test('tables show the digits that prices have', async () => {
  const rows = (prices: readonly string[]) =>
    `time,open,high,low,close,volume\n${prices.map((price, day) => `2021-01-0${4 + day},${price},${price},${price},${price},1000`).join('\n')}\n`;
  const last = async (prices: readonly string[], ...more: string[]) => {
    await writeFile(file('few.csv'), rows(prices));
    const { stdout } = await alphaloom(
      ['backtest', '-', '--data', file('few.csv'), ...more],
      'buy(when: barIndex == 0)\nsell(when: barIndex == 1)',
    );
    return stdout.trimEnd().split('\n').at(-1);
  };
  expect(await last(['1.10715', '1.10715', '1.10745', '1.10745'])).toMatch(
    /^long +9032\.20 +2021-01-05 +1\.10715 +2021-01-06 +1\.10745 +2\.71 /,
  );
  expect(await last(['1.234e-05', '1.234e-05', '1.3e-05', '1.3e-05'])).toMatch(/ 0\.00001234 .* 0\.00001300 /);
  expect(await last(['1.10715', '1.10715', '1.10745', '1.10745'], '--cash', '0.05')).toMatch(/^long +0\.0452 /);
}, 60_000);
