import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { appRouter } from './router.ts';

/** Answers with lists that have no cursor, each with what bounds the list. */
const BOUNDED: Readonly<Record<string, string>> = {
  'admin.metrics': 'the counts that there are',
  'account.security': 'MOST_PASSKEYS',
  'account.confirmTotp': 'RECOVERY_CODES',
  'account.addPasskey': 'RECOVERY_CODES',
  'account.makeRecoveryCodes': 'RECOVERY_CODES',
  'account.sessions': 'MOST_SESSIONS',
  'market.gaps': 'the first gaps, TOLD of them in words',
  'market.list': 'the quota of markets',
  'document.list': 'MOST_DOCUMENTS',
  'formula.get': 'MOST_TAGS of one formula',
  'formula.import': 'the problems of one file',
  'history.about': 'MOST_OFFERED and MOST_STRETCHES',
  'version.takeBack': 'the changes between two versions of one formula',
  'session.demo': 'the people of the demo',
  'session.me': 'the organisations that a person belongs to, and the permissions that there are',
  'backtest.start': 'the warnings about one formula',
  'behaviour.start': 'MOST_COMPARED_MARKETS',
  'backtest.get': 'the markets that one run reads',
  'sweep.forward': 'the windows of one walk-forward, which its cost bounds',
  'review.get': 'REVIEWS.people and REVIEWS.verdicts of one review',
  'publication.preview': 'REVIEWS.bots, and the differences of two formulas',
  'policy.get': 'the roles that there are',
  'version.create': 'the diagnostics of one formula',
  'sweep.get': 'the axes of one sweep',
  'sweep.result': 'the candidates of one sweep, which its cost bounds',
  'team.get': 'the quotas of members and invitations',
  'billing.plans': 'the plans that there are, and the prices of the configuration',
  'billing.get': 'the plans that there are, and the quota of members',
  'billing.bots': 'the quota of bots',
  'team.usage': 'the quotas that there are',
  'search.find': 'MOST_OF_A_KIND of each kind',
};

interface Defined {
  readonly _def: { readonly inputs?: readonly z.ZodType[]; readonly output?: z.ZodType };
}

const procedures = Object.entries(appRouter._def.procedures).map(([path, procedure]) => {
  const { inputs = [], output } = (procedure as unknown as Defined)._def;
  return { path, input: inputs[0], output };
});

/** Whether there is a list anywhere in the answer; a column of a result is none. */
function hasList(schema: z.ZodType): boolean {
  if (schema instanceof z.ZodArray) return true;
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional || schema instanceof z.ZodReadonly)
    return hasList(schema.unwrap() as z.ZodType);
  if (schema instanceof z.ZodUnion) return schema.options.some((option) => hasList(option as z.ZodType));
  if (schema instanceof z.ZodRecord) return true;
  if (schema instanceof z.ZodObject)
    return Object.values(schema.shape as Record<string, z.ZodType>).some((field) => hasList(field));
  return false;
}

const propertiesOf = (input: z.ZodType | undefined) => {
  const schema = input && z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' });
  const { properties } = (schema ?? {}) as {
    readonly properties?: Readonly<Record<string, { readonly maximum?: number }>>;
  };
  return properties ?? {};
};

const lists = procedures.filter(({ path, output }) => path.endsWith('.list') || (output && hasList(output)));

describe('answers with lists', () => {
  it.each(lists)(
    '$path has an end: a cursor and a greatest limit, or a bound that is stated here',
    ({ path, input }) => {
      const { cursor, limit } = propertiesOf(input);
      if (BOUNDED[path] !== undefined) return expect(cursor).toBeUndefined();
      expect(cursor).toBeDefined();
      expect(limit?.maximum).toBeLessThanOrEqual(2000);
    },
  );

  it('name their fields: each procedure has a schema of its answer', () => {
    expect(procedures.filter(({ output }) => !output).map(({ path }) => path)).toEqual([]);
  });

  it('are excused only where there is a list', () => {
    expect(Object.keys(BOUNDED).filter((path) => lists.every((list) => list.path !== path))).toEqual([]);
  });
});
