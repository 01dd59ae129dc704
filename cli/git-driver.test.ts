import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const NAME = 'my strategy.loom';
const BASE = `# Mine
input fast = 10
input slow = 30

line = sma(close, fast)

buy(when: crossover(line, sma(close, slow)), size: 50%, stop: 5%)
sell(when: close < line)
`;

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alphaloom git '));
  const command = `'${resolve('bin/alphaloom')}'`;
  await git('init', '-q', '-b', 'main');
  await git('config', 'user.email', 'ada@example.com');
  await git('config', 'user.name', 'Ada');
  await git('config', 'diff.alphaloom.command', `${command} diff --git`);
  await git('config', 'merge.alphaloom.driver', `${command} merge %O %A %B %P --write`);
  await writeFile(join(folder, '.gitattributes'), '*.loom diff=alphaloom merge=alphaloom\n');
  await commit(BASE);
});
afterEach(() => rm(folder, { recursive: true }));

function git(...args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null', HOME: folder };
  return new Promise((done) => {
    execFile('git', args, { cwd: folder, env }, (error, stdout, stderr) =>
      done({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
  });
}

async function commit(code: string): Promise<void> {
  await writeFile(join(folder, NAME), code);
  await git('add', '-A');
  await git('commit', '-q', '-m', 'change');
}

const written = (): Promise<string> => readFile(join(folder, NAME), 'utf8');

/** Merges what two have made of the base. */
async function merge(ours: string, theirs: string) {
  await git('checkout', '-q', '-b', 'theirs');
  await commit(theirs);
  await git('checkout', '-q', 'main');
  await commit(ours);
  return git('merge', 'theirs');
}

test('git merges what two have changed in one line', async () => {
  const merged = await merge(BASE.replace('50%', '40%'), BASE.replace('5%)', '5%, target: 9%)'));
  expect(merged).toMatchObject({ code: 0 });
  expect(await written()).toBe(BASE.replace('50%, stop: 5%', '40%, stop: 5%, target: 9%'));
  expect((await git('diff', 'HEAD~1')).stdout).toBe(`alphaloom diff ${NAME}\n~ target 9% added to buy\n`);
});

test('of what both have changed ours stays, theirs is told, and the file is left to a person', async () => {
  const merged = await merge(BASE.replace('stop: 5%', 'stop: 4%'), BASE.replace('stop: 5%', 'stop: 3%'));
  expect(merged).toMatchObject({
    code: 1,
    stderr: 'conflict: theirs: buy: stop 5% → 3% | ours, which stays: buy: stop 5% → 4%\n',
  });
  expect(await written()).toBe(BASE.replace('stop: 5%', 'stop: 4%'));
  expect((await git('status', '--short')).stdout).toBe(`UU "${NAME}"\n`);
});

test('what can not be read is merged as text, with the marks of git: nothing of either side is lost', async () => {
  const merged = await merge(
    BASE.replace('fast = 10', 'fast = '),
    BASE.replace('fast = 10', 'fast = 12').replace('size: 50%', 'size: 60%'),
  );
  expect(merged.code).toBe(1);
  expect(merged.stderr).toContain(`${NAME}:2:14: error`);
  expect(merged.stderr).toContain(`${NAME}: was merged as text`);
  const text = await written();
  for (const line of ['<<<<<<< ours', 'input fast = ', 'input fast = 12', '>>>>>>> theirs', 'size: 60%'])
    expect(text).toContain(line);
});

test('a diff of what can not be read says so where the diff is read', async () => {
  await writeFile(join(folder, NAME), BASE.replace('fast = 10', 'fast = '));
  const shown = await git('diff');
  expect(shown.stdout).toMatch(
    /^alphaloom diff my strategy\.loom\n! Not all of it can be read: git diff --no-ext-diff/,
  );
  expect(shown.stderr).toContain(`${NAME}:2:14: error`);
});
