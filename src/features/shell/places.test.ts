import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { PLACES } from './places.tsx';

const places = PLACES.flatMap((group) => group.places);

/** Addresses of the pages behind the sign-in, as their folders name them: `/formulas/[id]`. */
const routes = globSync('src/app/(app)/**/page.tsx').map(
  (file) => `/${file.replaceAll('\\', '/').split('/').slice(3, -1).join('/')}`,
);

test('each place has a shortcut of its own, and a page', () => {
  expect(new Set(places.map(({ shortcut }) => shortcut)).size).toBe(places.length);
  for (const { href } of places)
    expect(
      routes.some((route) => route === href || route.startsWith(`${href}/[[...`)),
      href,
    ).toBe(true);
});

test('each page has a budget for its first load', () => {
  const budgets = z
    .record(z.string(), z.number())
    .parse(JSON.parse(readFileSync('tools/page-sizes/budgets.json', 'utf8')));
  expect(routes.filter((route) => budgets[route] === undefined)).toEqual([]);
});

test('each page is looked at in both themes, on a telephone and by the console', () => {
  const looked = readFileSync('e2e/pages/every-page.spec.ts', 'utf8');
  // The test makes its way to pages with a parameter by what it makes; the reference has a test of its own.
  const plain = routes.filter((route) => !route.includes('['));
  expect(plain.filter((route) => !looked.includes(`'${route}'`) && !looked.includes(`\`${route}?`))).toEqual([]);
});
