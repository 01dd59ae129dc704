import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const TESTS = ['server/realtime/**/*.test.ts', 'collab/**/*.test.ts', 'src/features/builder/**/*.test.ts'];

const rules = [...readFileSync('server/realtime/PROTOCOL.md', 'utf8').matchAll(/^\* ([A-Z]\d+)\. /gm)].map(
  ([, rule]) => rule,
);

/** The rules that the names of tests quote, such as `[B1]`. */
const quoted = new Set(
  globSync(TESTS).flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/(['`])(?:(?!\1).)*\1/g)].flatMap(([text]) =>
      [...text.matchAll(/\[([A-Z]\d+)\]/g)].map(([, rule]) => rule),
    ),
  ),
);

test('every rule of the protocol is quoted by the name of a test', () => {
  expect(rules.length).toBeGreaterThan(40);
  expect(rules.filter((rule) => !quoted.has(rule))).toEqual([]);
});

test('no test quotes a rule that there is not', () => {
  expect([...quoted].filter((rule) => !rules.includes(rule))).toEqual([]);
});
