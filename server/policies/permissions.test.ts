import { describe, expect, it } from 'vitest';
import { can, permissionsOf, requirePermission } from './permissions.ts';

describe('permissions', () => {
  it('grow with the role', () => {
    expect(permissionsOf('viewer')).toEqual(['org.read']);
    expect(permissionsOf('reviewer')).toEqual(['org.read', 'comment.write']);
    expect(can('editor', 'formula.edit')).toBe(true);
    expect(can('editor', 'team.manage')).toBe(false);
    expect(can('admin', 'owner.manage')).toBe(false);
    expect(can('owner', 'owner.manage')).toBe(true);
  });

  it('name the role it takes when they refuse', () => {
    expect(() => requirePermission({ role: 'viewer' }, 'formula.edit')).toThrow(/takes editor or more/);
  });
});
