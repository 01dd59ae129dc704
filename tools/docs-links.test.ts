import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const PAGES = [
  ...globSync('*.md'),
  ...globSync('{docs,core,collab,server,cli,src,tools,e2e}/**/*.md', { exclude: ['**/node_modules/**'] }),
];

/** The anchors of a page's headings, as GitHub makes them. */
const anchorsOf = (page: string): readonly string[] =>
  [...readFileSync(page, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  );

const whyBroken = (page: string, link: string): string | null => {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : join(dirname(page), path);
  if (!existsSync(target)) return `${page}: ${link} is not there`;
  return anchor === undefined || !target.endsWith('.md') || anchorsOf(target).includes(anchor)
    ? null
    : `${page}: ${link} has no such heading`;
};

test('every link of a page leads to a file and a heading that are there', () => {
  expect(PAGES.length).toBeGreaterThan(50);
  const links = PAGES.flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => [page, link] as const),
  ).filter(([, link]) => !/^(https?:|mailto:)/.test(link));
  expect(links.length).toBeGreaterThan(300);
  expect(links.flatMap(([page, link]) => whyBroken(page, link) ?? [])).toEqual([]);
});

test('every file that a page names is there, but for the examples of the how-tos', () => {
  const named = PAGES.filter((page) => page !== 'CHANGELOG.md' && !page.startsWith('docs/how-to/')).flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(/`((?:core|collab|server|src|cli|tools|e2e|docs)\/[\w./-]+\.\w+)`/g)].map(
      ([, file = '']) => [page, file] as const,
    ),
  );
  expect(named.length).toBeGreaterThan(100);
  expect(named.filter(([, file]) => !existsSync(file))).toEqual([]);
});

test('the example of an environment names each variable that the server reads', () => {
  const read = [...readFileSync('server/config/config.ts', 'utf8').matchAll(/^\s{4}([A-Z][A-Z_]+): /gm)];
  const example = readFileSync('.env.example', 'utf8');
  expect(read.length).toBeGreaterThan(10);
  for (const [, name = ''] of read) expect(example, name).toMatch(new RegExp(`^#? ?${name}=`, 'm'));
});
