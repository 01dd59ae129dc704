import { AppError } from '#server/errors.ts';

/** From the least to the most. Each role may do all that the ones before it may. */
export const ROLES = ['viewer', 'reviewer', 'editor', 'admin', 'owner'] as const;
export type Role = (typeof ROLES)[number];

/** The least role for each permission. */
const LEAST_ROLE = {
  'org.read': 'viewer',
  'comment.write': 'reviewer',
  'formula.edit': 'editor',
  'version.create': 'editor',
  'backtest.run': 'editor',
  'bot.manage': 'editor',
  'market.manage': 'editor',
  'team.manage': 'admin',
  'document.manage': 'admin',
  'owner.manage': 'owner',
} as const satisfies Record<string, Role>;

export type Permission = keyof typeof LEAST_ROLE;

const isPermission = (name: string): name is Permission => name in LEAST_ROLE;
export const PERMISSIONS: readonly Permission[] = Object.keys(LEAST_ROLE).filter(isPermission);

/** Whether `role` is at least `other`. */
export const isAtLeast = (role: Role, other: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(other);

export const can = (role: Role, permission: Permission): boolean => isAtLeast(role, LEAST_ROLE[permission]);

/** Roles that may edit formulas. */
export const EDITORS: readonly Role[] = ROLES.filter((role) => can(role, 'formula.edit'));

export const permissionsOf = (role: Role): readonly Permission[] =>
  PERMISSIONS.filter((permission) => can(role, permission));

/** Throws FORBIDDEN unless the actor's role allows it. */
export function requirePermission(actor: { readonly role: Role }, permission: Permission): void {
  if (can(actor.role, permission)) return;
  throw new AppError(
    'FORBIDDEN',
    `Your role (${actor.role}) does not allow this; it takes ${LEAST_ROLE[permission]} or more. Ask an owner or admin of your organisation.`,
  );
}
