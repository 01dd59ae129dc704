import { describe, expectTypeOf, it } from 'vitest';
import type { BotId, FormulaId, OrgId, UserId } from './ids.ts';

describe('ids', () => {
  it('of two kinds can not be swapped', () => {
    expectTypeOf<UserId>().not.toExtend<OrgId>();
    expectTypeOf<OrgId>().not.toExtend<FormulaId>();
    expectTypeOf<FormulaId>().not.toExtend<BotId>();
  });

  it('are texts, and come from texts', () => {
    expectTypeOf<OrgId>().toExtend<string>();
    expectTypeOf<string>().toExtend<OrgId>();
  });
});
