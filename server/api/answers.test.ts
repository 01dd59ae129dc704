import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { column, figure, inputs, metrics } from './answers.ts';
import { appRouter } from './router.ts';

const procedures = Object.entries(appRouter._def.procedures).map(([path, procedure]) => {
  const { _def } = procedure as unknown as { _def: { type: string; output?: z.ZodType } };
  return { path, type: _def.type, answer: _def.output };
});

type Node = Readonly<Record<string, unknown>>;
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** Where a JSON Schema lets through what it does not name. */
function lax(node: unknown, at = ''): string[] {
  if (!isNode(node)) return [];
  const isOpen =
    node['type'] === 'object' && node['properties'] !== undefined && node['additionalProperties'] !== false;
  return [...(isOpen ? [at] : []), ...Object.entries(node).flatMap(([key, value]) => lax(value, `${at}/${key}`))];
}

describe('every procedure', () => {
  it('says what it answers', () => {
    expect(procedures.filter(({ answer }) => answer === undefined).map(({ path }) => path)).toEqual([]);
    expect(procedures.length).toBeGreaterThan(50);
  });

  it.each(procedures)('$path answers nothing that it does not name', ({ answer }) => {
    if (!answer) throw new Error('there is no schema');
    expect(lax(z.toJSONSchema(answer, { io: 'output', unrepresentable: 'any' }))).toEqual([]);
  });
});

describe('a column of an answer', () => {
  it('is looked at at its ends alone, and sent as it is', () => {
    let looks = 0;
    const counted = z.custom<number>((value) => {
      looks += 1;
      return typeof value === 'number';
    });
    const long = Array.from({ length: 100_000 }, (_, index) => index);
    expect(column(counted).parse(long)).toBe(long);
    expect(looks).toBe(2);
  });

  it('is refused when it is none, or of something else', () => {
    const figures = column(figure);
    for (const wrong of [null, 'text', { length: 1 }, [1, 'a'], ['a', 1]])
      expect(figures.safeParse(wrong).success).toBe(false);
    for (const right of [[], [Number.NaN], [1, Number.NEGATIVE_INFINITY]])
      expect(figures.safeParse(right).success).toBe(true);
  });
});

describe('values by name in an answer', () => {
  it('are of one kind, whatever their names', () => {
    for (const right of [{}, { sharpe: 1, calmar: Number.NaN }]) expect(metrics.parse(right)).toBe(right);
    for (const wrong of [null, [1], { sharpe: '1' }, { sharpe: null }, 'text'])
      expect(metrics.safeParse(wrong).success).toBe(false);
    expect(inputs.safeParse({ a: 1, b: 'x', c: false }).success).toBe(true);
    expect(inputs.safeParse({ a: { nested: 1 } }).success).toBe(false);
  });
});
