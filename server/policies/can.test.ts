import { describe, expect, it } from 'vitest';
import { idOf } from '#core/requests/ids.ts';
import { can, requirePermission } from './can.ts';
import { PERMISSIONS, ROLES, roleMay } from './permissions.ts';
import type { ApiKey, Person, Principal } from './principal.ts';

const [ADA, BEN] = [idOf('user', 'ada'), idOf('user', 'ben')];
const [ONE, TWO] = [idOf('organisation', 'one'), idOf('organisation', 'two')];
const person: Person = {
  kind: 'person',
  userId: ADA,
  name: 'Ada',
  email: 'ada@test.example',
  orgId: ONE,
  orgName: 'One',
  role: 'viewer',
  sessionId: 'none',
};
const key: ApiKey = { kind: 'key', keyId: 'k', orgId: ONE, madeBy: ADA, permissions: ['backtest.run'] };
const bot: Principal = { kind: 'bot', botId: idOf('bot', 'b'), orgId: ONE };
const system: Principal = { kind: 'system', task: 'prune', orgId: ONE };

describe('who may do something', () => {
  it('is, of people, said by the role alone', () => {
    for (const role of ROLES)
      for (const permission of PERMISSIONS)
        expect(can({ ...person, role }, permission)).toBe(roleMay(role, permission));
  });

  it('is, of a key, said by the key: what was not given with it is refused, reading too', () => {
    expect(PERMISSIONS.filter((permission) => can(key, permission))).toEqual(['backtest.run']);
  });

  it('is, of a bot, what a bot reads, and of the system everything', () => {
    expect(PERMISSIONS.filter((permission) => can(bot, permission))).toEqual(['org.read']);
    expect(PERMISSIONS.every((permission) => can(system, permission))).toBe(true);
  });

  it('ends at the organisation, whoever asks', () => {
    const owner: Person = { ...person, role: 'owner' };
    for (const principal of [owner, { ...key, permissions: PERMISSIONS }, bot, system]) {
      expect(can(principal, 'org.read', { orgId: ONE })).toBe(true);
      expect(can(principal, 'org.read', { orgId: TWO })).toBe(false);
    }
  });

  it('ends, where something is somebody’s own, at that person', () => {
    const reviewer: Person = { ...person, role: 'owner' };
    expect(can(reviewer, 'comment.write', { orgId: ONE, ownerId: ADA })).toBe(true);
    expect(can(reviewer, 'comment.write', { orgId: ONE, ownerId: BEN })).toBe(false);
    // The author's account is gone: a principal without a person is not the author.
    for (const principal of [reviewer, system])
      expect(can(principal, 'comment.write', { orgId: ONE, ownerId: null })).toBe(false);
  });

  it('is said in words when it is refused', () => {
    expect(() => requirePermission(person, 'formula.edit')).toThrow(/takes editor or more/);
    expect(() => requirePermission(key, 'formula.edit')).toThrow(/Make a key with that permission/);
    expect(() =>
      requirePermission({ ...person, role: 'owner' }, 'comment.write', { orgId: ONE, ownerId: BEN }),
    ).toThrow(/what you wrote yourself/);
  });
});
