import { AppError } from '#server/errors.ts';
import { requirePermission } from '#server/policies/can.ts';
import type { Permission } from '#server/policies/permissions.ts';
import type { Principal } from '#server/policies/principal.ts';
import type { Caller } from '../context.ts';

/**
 * The principal with their role of now. Call it behind whatever waits. Throws UNAUTHENTICATED when the session has
 * ended meanwhile, and FORBIDDEN when it has moved to another organisation or the role no longer has the permission.
 */
export async function asOfNow<P extends Principal>(
  { principal, current }: Pick<Caller<P>, 'principal' | 'current'>,
  permission: Permission | null,
): Promise<P> {
  const now = principal.kind === 'person' && current ? await withRoleOfNow(principal, current) : principal;
  if (permission) requirePermission(now, permission);
  return now;
}

async function withRoleOfNow<P extends Principal>(principal: P, look: NonNullable<Caller['current']>): Promise<P> {
  const now = await look();
  if (!now) throw new AppError('UNAUTHENTICATED', 'Your session has ended. Sign in again.');
  if (now.orgId !== principal.orgId)
    throw new AppError('FORBIDDEN', 'You work in another organisation now. Load the page again.');
  return { ...principal, role: now.role, isPlatformAdmin: now.isPlatformAdmin ?? false };
}
