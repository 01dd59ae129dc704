import { TRPCError } from '@trpc/server';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { SCALE } from '#core/formula/testing/scale.ts';
import { callAs } from '#server/testing/api.ts';
import { odd, ODD_NUMBERS, ODD_TEXTS } from '#server/testing/odd-values.ts';
import { fillOrganisation, inputsAbout } from '#server/testing/organisation.ts';
import { createMember, createOrganisation } from '#server/testing/people.ts';
import { testApi } from '#server/testing/test-api.ts';
import { appRouter } from './router.ts';

/** `npm run test:fuzz` makes many more calls, from another seed each time. */
const SEED = Number(process.env['FUZZ_SEED'] || (SCALE > 1 ? Date.now() % 2 ** 31 : 20_240_131));
const CALLS = 12 * SCALE;
/** What ends the session or waits for events is called elsewhere. */
const LEFT_OUT = new Set(['session.signOut', 'live.events']);

const api = testApi();
type Node = Readonly<Record<string, unknown>>;
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Values of a JSON Schema, and of just outside of it. */
function valuesOf(schema: unknown): fc.Arbitrary<unknown> {
  if (!isNode(schema)) return odd;
  const among = schema['anyOf'] ?? schema['oneOf'];
  if (Array.isArray(among)) return fc.oneof(...among.map(valuesOf));
  if ('const' in schema) return fc.constant(schema['const']);
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]));
  const limit = (key: string, fallback: number) => (typeof schema[key] === 'number' ? schema[key] : fallback);
  switch (schema['type']) {
    case 'object': {
      if (isNode(schema['additionalProperties']))
        return fc.dictionary(
          fc.oneof(fc.string(), fc.constantFrom(...ODD_TEXTS)),
          valuesOf(schema['additionalProperties']),
          { maxKeys: 4 },
        );
      const required = Array.isArray(schema['required']) ? (schema['required'] as string[]) : [];
      return fc.record(
        Object.fromEntries(
          Object.entries(isNode(schema['properties']) ? schema['properties'] : {}).map(([key, value]) => [
            key,
            valuesOf(value),
          ]),
        ),
        { requiredKeys: required },
      );
    }
    case 'array':
      return fc.array(valuesOf(schema['items']), { maxLength: 4 });
    case 'boolean':
      return fc.boolean();
    case 'integer':
    case 'number': {
      const [low, high] = [limit('minimum', -1e6), limit('maximum', 1e6)];
      return fc.oneof(
        fc.constantFrom(low, high, low - 1, high + 1, 0, 1),
        fc.integer({ min: -1000, max: 1000 }),
        fc.constantFrom(...ODD_NUMBERS),
      );
    }
    case 'string':
      return schema['format'] === 'uuid'
        ? fc.uuid()
        : fc.oneof(
            fc.string({ maxLength: Math.min(limit('maxLength', 50), 60) }),
            fc.constantFrom(...ODD_TEXTS),
            fc.string({ unit: 'binary', maxLength: 40 }),
          );
    default:
      return odd;
  }
}

/** `example` with some of its fields replaced by others, so that much of it stays right. */
const mixed = (example: unknown, values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  isNode(example)
    ? fc
        .tuple(values, fc.subarray(Object.keys(example)), fc.option(odd, { freq: 4, nil: undefined }), fc.nat())
        .map(([value, kept, one, at]) => {
          const key = Object.keys(example)[at % Math.max(1, Object.keys(example).length)];
          return {
            ...(isNode(value) ? value : {}),
            ...Object.fromEntries(kept.map((name) => [name, example[name]])),
            ...(one === undefined || key === undefined ? {} : { [key]: one }),
          };
        })
    : values;

it('no input of any procedure ends in a failure that is not declared', { timeout: 120_000 * SCALE }, async () => {
  const bugs: string[] = [];
  let answered = 0;
  for (const [path, procedure] of Object.entries(appRouter._def.procedures)) {
    if (LEFT_OUT.has(path)) continue;
    const { _def } = procedure as unknown as { _def: { inputs?: readonly z.ZodType[] } };
    const [schema] = _def.inputs ?? [];
    // Of its own, since what is removed can't be named again.
    const orgId = await createOrganisation(api.db);
    const owner = await createMember(api.db, orgId, 'owner');
    const example = inputsAbout(await fillOrganisation(api.db, orgId))[path];
    const values = schema ? valuesOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })) : odd;
    const inputs = fc.sample(
      fc.oneof(
        { weight: 1, arbitrary: values },
        { weight: 3, arbitrary: mixed(example, values) },
        { weight: 1, arbitrary: odd },
      ),
      { seed: SEED, numRuns: schema ? CALLS : 2 },
    );
    const call = path
      .split('.')
      .reduce<unknown>((target, key) => Reflect.get(Object(target), key), callAs(api.runtime, owner)) as (
      input: unknown,
    ) => Promise<unknown>;
    for (const input of [example, ...inputs]) {
      await call(input).then(
        () => (answered += 1),
        (error: unknown) => {
          // What Postgres alone refuses lacks a bound in its field.
          if (
            !(error instanceof TRPCError) ||
            error.code === 'INTERNAL_SERVER_ERROR' ||
            /can not be stored/.test(error.message)
          )
            bugs.push(`${path}(${show(input)}): ${String(error)}`.slice(0, 500));
        },
      );
    }
  }
  expect(bugs, `seed ${SEED}`).toEqual([]);
  // Else nothing but refusals by the schemas would have been tried.
  expect(answered).toBeGreaterThan(70);
});

const show = (input: unknown): string =>
  JSON.stringify(input, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))?.slice(0, 200) ??
  'undefined';
