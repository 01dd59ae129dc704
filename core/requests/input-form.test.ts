import fc from 'fast-check';
import superjson from 'superjson';
import { describe, expect, it } from 'vitest';
import { readInput, writeInput } from './input-form.ts';

const sent = (form: unknown): unknown => JSON.parse(JSON.stringify(form));
const field = fc.stringMatching(/^[a-z_]{1,8}$/);
/** As procedures take them: plain JSON, with fields that may be undefined. */
const { input } = fc.letrec((tie) => ({
  leaf: fc.oneof(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null)),
  list: fc.array(fc.oneof(tie('leaf'), tie('input')), { maxLength: 4 }),
  input: fc.dictionary(
    field,
    fc.oneof({ maxDepth: 3 }, tie('leaf'), fc.constant(undefined), tie('list'), tie('input')),
    { maxKeys: 5 },
  ),
}));

/** `value` in which each read of a field is counted. */
function counted<T extends object>(value: T, reads: { count: number }): T {
  const count = <V>(found: V): V => {
    reads.count += 1;
    return found;
  };
  return new Proxy(value, {
    get: (target, key) => {
      const found: unknown = count(Reflect.get(target, key));
      return typeof found === 'object' && found !== null ? counted(found, reads) : found;
    },
    getOwnPropertyDescriptor: (target, key) => count(Reflect.getOwnPropertyDescriptor(target, key)),
  });
}

describe('an input', () => {
  it('comes as it was written, without the fields that are undefined', () => {
    fc.assert(
      fc.property(fc.oneof(input, fc.constant(undefined)), (value) => {
        const plain = value === undefined ? undefined : sent(value);
        expect(readInput(sent(writeInput(value)))).toEqual({ ok: true, value: plain });
      }),
    );
  });

  it('that superjson wrote with marks of undefined is read as superjson reads it', () => {
    fc.assert(
      fc.property(fc.oneof(input, fc.constant(undefined)), (value) => {
        const form = superjson.serialize(value);
        const read = readInput(sent(form));
        // More marks than are read, of a procedure that there is not.
        if (!read.ok) return expect(JSON.stringify(form.meta).split('undefined').length).toBeGreaterThan(8);
        expect(read.value).toStrictEqual(superjson.deserialize(sent(form) as typeof form));
      }),
    );
  });

  it('is not copied', () => {
    const json = { a: [{ b: null }] };
    const read = readInput({ json, meta: { values: { 'a.0.b': ['undefined'] } } });
    expect(read.ok && read.value).toBe(json);
    expect(json).toStrictEqual({ a: [{ b: undefined }] });
  });

  it.each([
    new Date(),
    /a/,
    new Map([[1, 2]]),
    new Set([1]),
    1n,
    NaN,
    -0,
    Infinity,
    new URL('http://a.example'),
    new Error('a'),
    new Float64Array(1),
  ])('with %s is refused in words, in a field and alone', (value) => {
    for (const given of [value, { a: value }, { a: { b: [value] } }])
      expect(readInput(sent(superjson.serialize(given)))).toMatchObject({
        ok: false,
        error: expect.stringContaining('Send plain JSON.'),
      });
  });

  it.each(['__proto__.x', 'constructor.prototype.x', 'toString', 'a.length', 'a.push', '', '.', 'b', 'a.0.c.d', 'a.0'])(
    'may have no mark at %j',
    (path) => {
      const form = `{"json":{"a":[1,{"c":1}]},"meta":{"values":{${JSON.stringify(path)}:["undefined"]}}}`;
      expect(readInput(JSON.parse(form)).ok).toBe(false);
      expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
      expect(Object.prototype.toString).toBeTypeOf('function');
    },
  );

  it.each([null, 7, 'x', [], { email: 'a' }, { json: 1, other: 2 }])('is not %j', (form) => {
    expect(readInput(form)).toMatchObject({ ok: false, error: expect.stringContaining('{"json": …}') });
  });

  it('costs no more reads than its few marks may need, however much of it there is', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => index);
    const fields = Object.fromEntries(many.map((index) => [`f${index}`, null]));
    const marks = Object.fromEntries(many.map((index) => [`f${index}`, ['undefined']]));
    const forms = [
      { json: { a: many }, meta: { values: { a: ['set'] }, referentialEqualities: { 'a.9999': ['a.9999'] } } },
      { json: { a: many }, meta: { referentialEqualities: Object.fromEntries(many.map((i) => [`a.${i}`, ['a.0']])) } },
      { json: fields, meta: { values: marks } },
      { json: fields },
      { json: fields, meta: { values: { ['f0.'.repeat(100_000)]: ['undefined'] } } },
      { json: fields, meta: { values: many } },
      fields,
    ];
    for (const form of forms) {
      const reads = { count: 0 };
      readInput(counted(form, reads));
      expect(reads.count).toBeLessThan(1_000);
    }
  });
});
