import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idOf } from '#core/requests/ids.ts';
import { ROLES } from './permissions.ts';
import { judge, MOST_APPROVALS, REVIEWING, type Verdict } from './publication.ts';

const people = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => idOf('user', name));
const verdicts: fc.Arbitrary<Verdict[]> = fc.uniqueArray(fc.constantFrom(...people)).chain((ids) =>
  fc.tuple(
    ...ids.map((userId) =>
      fc.record({
        userId: fc.constant(userId),
        name: fc.constant<string>(userId),
        role: fc.constantFrom(...ROLES, null),
        verdict: fc.constantFrom('approved' as const, 'changes' as const),
      }),
    ),
  ),
);
const policy = fc.record({
  approvals: fc.integer({ min: 0, max: MOST_APPROVALS }),
  roles: fc.subarray([...REVIEWING], { minLength: 1 }),
});
const involved = fc.subarray(people).map((ids) => new Set(ids));

describe('a version may be published', () => {
  it('exactly when nothing is asked for, or enough approve who may and did not work on it, and none of those is against', () => {
    fc.assert(
      fc.property(policy, verdicts, involved, (asked, said, worked) => {
        const may = said.filter(
          ({ userId, role }) => role !== null && asked.roles.includes(role) && !worked.has(userId),
        );
        const isFine =
          asked.approvals === 0 ||
          (may.every(({ verdict }) => verdict === 'approved') && may.length >= asked.approvals);
        expect(judge(asked, said, worked).problem === null).toBe(isFine);
      }),
    );
  });

  it('no sooner when somebody else worked on it, asks for changes or leaves, or when more is asked for', () => {
    fc.assert(
      fc.property(policy, verdicts, involved, fc.constantFrom(...people), (asked, said, worked, who) => {
        if (judge(asked, said, worked).problem === null) return;
        expect(judge(asked, said, new Set([...worked, who])).approvedBy.length).toBeLessThanOrEqual(
          judge(asked, said, worked).approvedBy.length,
        );
        const more = { ...asked, approvals: Math.min(MOST_APPROVALS, asked.approvals + 1) };
        expect(judge(more, said, worked).problem).not.toBeNull();
      }),
    );
  });
});
