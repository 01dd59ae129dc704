import { expect, test } from 'vitest';
import { checkDependencies } from './check-dependencies.ts';

const found = (severity: string) => async () => ({
  vulnerabilities: {
    leftpad: { severity, range: '<2', via: [{ title: 'Runs what it pads', url: 'https://example.test/1' }, 'padder'] },
  },
});

test.each([
  ['critical', false],
  ['high', false],
  ['moderate', true],
])('a hole of severity %s passes: %s', async (severity, passes) => {
  const lines: string[] = [];
  expect(await checkDependencies((line) => void lines.push(line), found(severity))).toBe(passes);
  expect(lines.join('\n').includes('Runs what it pads')).toBe(!passes);
});

test.each([null, {}, { error: { code: 'ENOAUDIT' } }])('no answer is no failure, but said: %j', async (answer) => {
  const lines: string[] = [];
  expect(
    await checkDependencies(
      (line) => void lines.push(line),
      async () => answer,
    ),
  ).toBe(true);
  expect(lines.join()).toContain('not checked');
});
