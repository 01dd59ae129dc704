import { describe, expect, expectTypeOf, it } from 'vitest';
import { idOf, type BotId, type FormulaId, type OrgId, type UserId } from './ids.ts';

describe('ids', () => {
  it('of two kinds can not be swapped', () => {
    expectTypeOf<UserId>().not.toExtend<OrgId>();
    expectTypeOf<OrgId>().not.toExtend<FormulaId>();
    expectTypeOf<FormulaId>().not.toExtend<BotId>();
  });

  it('are texts, and no text is an id before idOf says of which kind', () => {
    expectTypeOf<OrgId>().toExtend<string>();
    expectTypeOf<string>().not.toExtend<OrgId>();
    expectTypeOf(idOf('organisation', 'a')).toEqualTypeOf<OrgId>();
    expect(idOf('organisation', 'a')).toBe('a');
  });
});
