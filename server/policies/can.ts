import type { OrgId, UserId } from '#core/requests/ids.ts';
import { AppError } from '#server/errors.ts';
import { leastRoleFor, roleMay, type Permission } from './permissions.ts';
import { userOf, type Principal } from './principal.ts';

/** What an act is about, as far as that decides who may do it. */
export interface Thing {
  readonly orgId: OrgId;
  /** The person whose own it is; left out where the organisation's members share it. */
  readonly ownerId?: UserId | null;
}

/**
 * Whether somebody may do something: by their role or key, within their organisation, and to what is somebody's own
 * only as that person.
 */
export function can(principal: Principal, permission: Permission, thing?: Thing): boolean {
  if (!mayAtAll(principal, permission)) return false;
  if (!thing) return true;
  if (thing.orgId !== principal.orgId) return false;
  return thing.ownerId === undefined || (thing.ownerId !== null && thing.ownerId === userOf(principal));
}

function mayAtAll(principal: Principal, permission: Permission): boolean {
  switch (principal.kind) {
    case 'person':
      return roleMay(principal.role, permission);
    case 'key':
      return principal.permissions.includes(permission);
    // A bot reads what it runs on. What it emits is its own, and needs nobody's permission.
    case 'bot':
      return permission === 'org.read';
    case 'system':
      return true;
  }
}

/** Throws FORBIDDEN, in words, unless `can`. */
export function requirePermission(principal: Principal, permission: Permission, thing?: Thing): void {
  if (can(principal, permission, thing)) return;
  throw new AppError('FORBIDDEN', whyNot(principal, permission));
}

function whyNot(principal: Principal, permission: Permission): string {
  if (mayAtAll(principal, permission)) return 'You can change only what you wrote yourself. Write a reply instead.';
  switch (principal.kind) {
    case 'person':
      return `Your role (${principal.role}) does not allow this; it takes ${leastRoleFor(permission)} or more. Ask an owner or admin of your organisation.`;
    case 'key':
      return `This key does not allow this (${permission}). Make a key with that permission.`;
    case 'bot':
    case 'system':
      return `A ${principal.kind} may not do this (${permission}).`;
  }
}
