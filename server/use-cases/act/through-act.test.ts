import { globSync, readFileSync } from 'node:fs';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { act, actAcross } from './act.ts';
import { CATALOGUE } from './catalogue.ts';
import type { read, readAcross } from './read.ts';

const sources = globSync('server/{use-cases,api,jobs}/**/*.ts')
  .filter((file) => !/\.test\.ts$|\/testing\//.test(file))
  .map((file) => ({ file, text: readFileSync(file, 'utf8') }));
const outside = sources.filter(({ file }) => !file.startsWith('server/use-cases/act/'));
const using = (pattern: RegExp): string[] =>
  outside.flatMap(({ file, text }) => (pattern.test(text) ? [file] : [])).toSorted();

describe('a use-case', () => {
  it('opens a transaction by act or read alone', () => {
    // The workers' own sign of life is no use-case, and is written before there are any.
    expect(using(/\b(withOrg|asSystem)\b|\.transaction\(|\bdb\.(app|system)\b/)).toEqual(['server/jobs/heartbeat.ts']);
  });

  it('writes audit, notifications, jobs and live events by saying what happened', () => {
    expect(
      using(
        /\b(insertAudits?|insertNotifications|insertEvents|appendEvents?|addJob|notifyAccessChanged|auditLog|eventStreams)\b/,
      ),
    ).toEqual([]);
    // A bar a second: a bot is moved and its next job added in one statement.
    expect(using(/\bjobCall\b/)).toEqual(['server/use-cases/bot/record-tick.ts']);
  });

  it('does not compile without a right', () => {
    expectTypeOf<undefined>().not.toExtend<Parameters<typeof act>[1]>();
    expectTypeOf<undefined>().not.toExtend<Parameters<typeof read>[1]>();
    expectTypeOf<undefined>().not.toExtend<Parameters<typeof actAcross>[1]>();
    expectTypeOf<undefined>().not.toExtend<Parameters<typeof readAcross>[1]>();
    expectTypeOf<'no.such.permission'>().not.toExtend<Parameters<typeof act>[1]>();
  });
});

describe('the catalogue', () => {
  it('has no event that nothing says', () => {
    const said = sources.map(({ text }) => text).join('\n');
    // What happens to runs is said by kind: `backtest.${what}`.
    const byKind = ['progressed', 'cancelled'].flatMap((what) => [`backtest.${what}`, `sweep.${what}`]);
    const silent = Object.keys(CATALOGUE).filter(
      (name) => !byKind.includes(name) && said.split(`'${name}'`).length < 3,
    );
    expect(silent).toEqual([]);
  });
});
