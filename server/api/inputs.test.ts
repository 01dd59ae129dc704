import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { appRouter } from './router.ts';

const inputs = Object.entries(appRouter._def.procedures).flatMap(([path, procedure]) => {
  const { _def } = procedure as unknown as { _def: { inputs?: readonly z.ZodType[] } };
  return (_def.inputs ?? []).map((schema) => ({ path, schema }));
});

type Node = Readonly<Record<string, unknown>>;
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** What of a JSON Schema has no bounds. */
function unbounded(node: unknown, at = ''): string[] {
  if (!isNode(node)) return [];
  const own: string[] = [];
  const isFixed = 'const' in node || 'enum' in node;
  if (node['type'] === 'string' && !isFixed && node['format'] !== 'uuid' && typeof node['maxLength'] !== 'number')
    own.push(`${at}: a text without a maximum`);
  if (node['type'] === 'array' && typeof node['maxItems'] !== 'number') own.push(`${at}: a list without a maximum`);
  if (
    (node['type'] === 'number' || node['type'] === 'integer') &&
    !isFixed &&
    (tooWide(node['minimum'] ?? node['exclusiveMinimum']) || tooWide(node['maximum'] ?? node['exclusiveMaximum']))
  )
    own.push(`${at}: a number without bounds`);
  if (isNode(node['additionalProperties']) && typeof node['maxProperties'] !== 'number')
    own.push(`${at}: a record without a maximum`);
  return [...own, ...Object.entries(node).flatMap(([key, value]) => unbounded(value, `${at}/${key}`))];
}

const tooWide = (bound: unknown): boolean =>
  typeof bound !== 'number' || (Math.abs(bound) >= Number.MAX_SAFE_INTEGER && Math.abs(bound) < 1e17);

/** Every right value of the examples, with one text in it replaced. */
function* withText(value: unknown, replacement: string): Generator<unknown> {
  if (typeof value === 'string') yield replacement;
  else if (Array.isArray(value))
    for (const [index, item] of value.entries())
      for (const other of withText(item, replacement)) yield value.with(index, other);
  else if (isNode(value))
    for (const [key, item] of Object.entries(value))
      for (const other of withText(item, replacement)) yield { ...value, [key]: other };
}

const uuid = '00000000-0000-4000-8000-000000000000';
const EXAMPLES: Readonly<Record<string, unknown>> = {
  'session.register': { name: 'n', email: 'a@b.example', password: 'long enough', organisation: 'o' },
  'session.signIn': { email: 'a@b.example', password: 'x' },
  'formula.create': { name: 'n', code: 'x' },
  'formula.import': { fileName: 'f', text: 't' },
  'formula.rename': { id: uuid, name: 'n' },
  'formula.duplicate': { id: uuid, name: 'n' },
  'comment.start': {
    formulaId: uuid,
    anchor: { kind: 'node', nodeId: 'n' },
    threadId: uuid,
    commentId: uuid,
    body: 'b',
  },
  'version.create': { formulaId: uuid, message: 'm' },
  'bot.create': { name: 'n', versionId: uuid, marketId: uuid, mode: 'paper', settings: {} },
  'team.invite': { role: 'viewer', email: 'a@b.example' },
  'backtest.start': { formulaId: uuid, marketId: uuid, settings: {}, inputs: { a: 'b' } },
  'sweep.start': {
    formulaId: uuid,
    marketId: uuid,
    settings: {},
    axes: [{ name: 'a', values: ['b'] }],
    search: { kind: 'grid' },
    rankedBy: 'sharpe',
  },
  'invitation.accept': { token: 't' },
};

describe('every input', () => {
  it.each(inputs)('of $path has bounds', ({ schema }) => {
    expect(unbounded(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }))).toEqual([]);
  });

  it.each(Object.entries(EXAMPLES))('of %s refuses text that Postgres can not hold', (path, example) => {
    const schemas = inputs.filter((input) => input.path === path).map(({ schema }) => schema);
    expect(schemas.length).toBeGreaterThan(0);
    for (const schema of schemas) {
      expect(schema.safeParse(example).error?.issues).toBeUndefined();
      // A password is hashed, never stored.
      const { password: _, ...stored } = example as Node;
      for (const bad of ['a\0b', 'a\uD800b', 'a\uDC00'])
        for (const other of withText(stored, bad))
          expect(schema.safeParse({ ...(example as Node), ...(other as Node) }).success, JSON.stringify(other)).toBe(
            false,
          );
    }
  });
});
