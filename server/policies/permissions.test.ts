import { describe, expect, it } from 'vitest';
import { permissionsOf, roleMay } from './permissions.ts';

describe('permissions', () => {
  it('grow with the role', () => {
    expect(permissionsOf('viewer')).toEqual(['org.read']);
    expect(permissionsOf('reviewer')).toEqual(['org.read', 'comment.write', 'review.answer']);
    expect(roleMay('editor', 'formula.edit')).toBe(true);
    expect(roleMay('editor', 'team.manage')).toBe(false);
    expect(roleMay('admin', 'owner.manage')).toBe(false);
    expect(roleMay('owner', 'owner.manage')).toBe(true);
  });
});
