import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { INPUT_BOUNDS } from '#core/requests/input-bounds.ts';
import { BODY, mostOfCalls } from '#server/policies/body-limits.ts';
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

interface Size {
  readonly bytes: number;
  readonly depth: number;
  readonly pieces: number;
}

/**
 * The most that values of a JSON Schema have as JSON. A number or a word is short, and a UTF-16 unit of text has at
 * most three bytes.
 */
function sizeOf(node: unknown): Size {
  if (!isNode(node)) return { bytes: 0, depth: 0, pieces: 0 };
  const among = node['anyOf'] ?? node['oneOf'] ?? node['allOf'];
  if (Array.isArray(among)) {
    const sizes = among.map(sizeOf);
    const most = (key: keyof Size): number => Math.max(...sizes.map((size) => size[key]));
    return { bytes: most('bytes'), depth: most('depth'), pieces: most('pieces') };
  }
  if (node['type'] === 'string') return { bytes: 3 * Number(node['maxLength'] ?? 40) + 2, depth: 0, pieces: 1 };
  if (node['type'] === 'array') return within([[sizeOf(node['items']), Number(node['maxItems'])]]);
  if (node['type'] !== 'object') return { bytes: 30, depth: 0, pieces: 0 };
  const fields = isNode(node['properties']) ? Object.entries(node['properties']) : [];
  const named = fields.map(([name, value]): [Size, number] => {
    const { bytes, depth, pieces } = sizeOf(value);
    return [{ bytes: bytes + name.length + 3, depth, pieces: pieces + 1 }, 1];
  });
  const [name, value] = [sizeOf(node['propertyNames']), sizeOf(node['additionalProperties'])];
  const other: Size = { bytes: name.bytes + value.bytes + 1, depth: value.depth, pieces: 1 + value.pieces };
  return within([...named, [other, Number(node['maxProperties'] ?? 0)]]);
}

const within = (parts: readonly (readonly [part: Size, times: number])[]): Size =>
  parts.reduce(
    (sum, [{ bytes, depth, pieces }, times]) => ({
      bytes: sum.bytes + times * (bytes + 1),
      depth: Math.max(sum.depth, 1 + depth),
      pieces: sum.pieces + times * (pieces + 1),
    }),
    { bytes: 2, depth: 1, pieces: 1 },
  );

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
const CREDENTIAL = { id: 'i', rawId: 'i', type: 'public-key', clientExtensionResults: {} };
const ASSERTION = { ...CREDENTIAL, response: { clientDataJSON: 'c', authenticatorData: 'a', signature: 's' } };
const ATTESTATION = { ...CREDENTIAL, response: { clientDataJSON: 'c', attestationObject: 'a' } };
const EXAMPLES: Readonly<Record<string, unknown>> = {
  'session.register': { name: 'n', email: 'a@b.example', password: 'long enough', organisation: 'o' },
  'session.signIn': { email: 'a@b.example', password: 'x' },
  'session.passkey': { ticket: 't' },
  'session.secondFactor': { ticket: 't', code: '123456' },
  'session.signInByPasskey': { ticket: 't', response: ASSERTION },
  'session.forgot': { email: 'a@b.example' },
  'session.checkReset': { token: 't' },
  'session.reset': { token: 't', password: 'x' },
  'session.verify': { token: 't' },
  'session.agreeToAddress': { token: 't' },
  'account.verify': { code: '123456' },
  'account.changePassword': { current: 'x', password: 'y' },
  'account.changeAddress': { email: 'a@b.example' },
  'account.confirmTotp': { code: '123456' },
  'account.addPasskey': { ticket: 't', response: ATTESTATION, name: 'n' },
  'account.renamePasskey': { id: 'i', name: 'n' },
  'account.removePasskey': { id: 'i' },
  'account.stepUp': { code: '123456' },
  'formula.create': { name: 'n', code: 'x' },
  'formula.import': { fileName: 'f', text: 't' },
  'formula.rename': { id: uuid, name: 'n' },
  'formula.tag': { id: uuid, tags: ['n'] },
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

  it.each(inputs)('of $path is plain JSON, in which nothing that JSON can not say ends as null', ({ schema }) => {
    expect(JSON.stringify(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'throw' }))).not.toMatch(
      /"null"|null/,
    );
  });

  it.each(inputs)(
    'of $path fits into the bounds of requests, and into its body in all common scripts',
    ({ path, schema }) => {
      const { bytes, depth, pieces } = sizeOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
      // The envelope, and the batch around it.
      expect(depth + 2).toBeLessThan(INPUT_BOUNDS.depth);
      expect(2 * pieces).toBeLessThan(INPUT_BOUNDS.pieces);
      // Files have a limit in bytes, and nobody names each of eight thousand values in 200 letters.
      if (mostOfCalls([path]) === BODY.procedure) expect(2 * bytes).toBeLessThan(BODY.procedure);
    },
  );

  it.each(Object.entries(EXAMPLES))('of %s refuses text that Postgres can not hold', (path, example) => {
    const schemas = inputs.filter((input) => input.path === path).map(({ schema }) => schema);
    expect(schemas.length).toBeGreaterThan(0);
    for (const schema of schemas) {
      expect(schema.safeParse(example).error?.issues).toBeUndefined();
      // Passwords are hashed, never stored.
      const { password: _, current: __, ...stored } = example as Node;
      for (const bad of ['a\0b', 'a\uD800b', 'a\uDC00'])
        for (const other of withText(stored, bad))
          expect(schema.safeParse({ ...(example as Node), ...(other as Node) }).success, JSON.stringify(other)).toBe(
            false,
          );
    }
  });
});
