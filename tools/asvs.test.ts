import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const text = readFileSync('docs/asvs.md', 'utf8');
const rows = [...text.matchAll(/^\| ([\d.]+) \| (.+?) \| (holds|misses|does not apply) \| (.+) \|$/gm)].map(
  ([, id = '', , verdict = '', how = '']) => ({ id, verdict, how }),
);
const count = (verdict: string): number => rows.filter((row) => row.verdict === verdict).length;

it('says at its top how many requirements hold, miss and do not apply', () => {
  expect(text).toContain(
    `${rows.length} requirements: ${count('holds')} hold, ${count('misses')} miss, ${count('does not apply')} do not apply.`,
  );
  // As many as OWASP has on levels 1 and 2, each once.
  expect([rows.length, new Set(rows.map(({ id }) => id)).size]).toEqual([253, 253]);
});

it.each(rows.filter(({ verdict }) => verdict === 'holds'))('names for $id what is there', ({ how }) => {
  const [, file = '', test] = /`([^`]+\/[^`]+|[\w.-]+)`(?: › (.+))?$/.exec(how) ?? [];
  expect(existsSync(file), file).toBe(true);
  if (test !== undefined) expect(readFileSync(file, 'utf8')).toContain(test);
});
