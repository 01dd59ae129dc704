import type { Permission } from '#server/policies/permissions.ts';

/** Said where a use-case needs no permission, with the reason. */
export interface Freely {
  readonly freely: string;
}

export const freely = (reason: string): Freely => ({ freely: reason });

/** A permission that is looked at under the lock of the organisation, under which roles change. */
export interface UnderLock {
  readonly underLock: Permission;
}

export const underLock = (permission: Permission): UnderLock => ({ underLock: permission });

/** What whoever acts must hold. */
export type Right = Permission | UnderLock | Freely;

/** What changes members and their roles is always done under that lock. */
const CHANGES_MEMBERS: ReadonlySet<Permission> = new Set(['team.manage', 'owner.manage']);

interface Needed {
  readonly permission: Permission | null;
  readonly isLocked: boolean;
}

export function neededBy(right: Right): Needed {
  if (typeof right === 'string') return { permission: right, isLocked: CHANGES_MEMBERS.has(right) };
  return 'freely' in right ? { permission: null, isLocked: false } : { permission: right.underLock, isLocked: true };
}
