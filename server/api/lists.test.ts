import { expect, it } from 'vitest';
import { z } from 'zod';
import { appRouter } from './router.ts';

/** Lists without a cursor, each with what bounds it. */
const BOUNDED: Readonly<Record<string, string>> = {
  'market.list': 'the quota of markets',
  'document.list': 'MOST_DOCUMENTS',
  'comment.list': 'MOST_THREADS and MOST_COMMENTS',
};

const lists = Object.entries(appRouter._def.procedures)
  .filter(([path]) => path.endsWith('.list'))
  .map(([path, procedure]) => {
    const { _def } = procedure as unknown as { _def: { inputs?: readonly z.ZodType[] } };
    const [input] = _def.inputs ?? [];
    const schema = (input && z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' })) as
      { readonly properties?: Readonly<Record<string, { readonly maximum?: number }>> } | undefined;
    return { path, properties: schema?.properties };
  });

it.each(lists)('the list $path has an end: a cursor and a greatest limit', ({ path, properties }) => {
  if (BOUNDED[path] !== undefined) return;
  expect(properties?.['cursor']).toBeDefined();
  expect(properties?.['limit']?.maximum).toBeLessThanOrEqual(2000);
});

it('nothing is excused that is no list', () => {
  expect(Object.keys(BOUNDED).filter((path) => lists.every((list) => list.path !== path))).toEqual([]);
});
