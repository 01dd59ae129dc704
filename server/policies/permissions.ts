/** From the least to the most. Each role may do all that the ones before it may. */
export const ROLES = ['viewer', 'reviewer', 'editor', 'admin', 'owner'] as const;
export type Role = (typeof ROLES)[number];

/** The least role for each permission. */
const LEAST_ROLE = {
  'org.read': 'viewer',
  'comment.write': 'reviewer',
  'review.answer': 'reviewer',
  'formula.edit': 'editor',
  'version.create': 'editor',
  'review.ask': 'editor',
  'version.publish': 'editor',
  'backtest.run': 'editor',
  'bot.manage': 'editor',
  'market.manage': 'editor',
  'team.manage': 'admin',
  'document.manage': 'admin',
  'policy.manage': 'admin',
  'audit.read': 'admin',
  'owner.manage': 'owner',
  'billing.manage': 'owner',
  'policy.override': 'owner',
} as const satisfies Record<string, Role>;

export type Permission = keyof typeof LEAST_ROLE;

const isPermission = (name: string): name is Permission => name in LEAST_ROLE;
export const PERMISSIONS: readonly Permission[] = Object.keys(LEAST_ROLE).filter(isPermission);

/** Whether `role` is at least `other`. */
export const isAtLeast = (role: Role, other: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(other);

export const leastRoleFor = (permission: Permission): Role => LEAST_ROLE[permission];

/** What a role allows. Ask `can` of somebody who acts. */
export const roleMay = (role: Role, permission: Permission): boolean => isAtLeast(role, LEAST_ROLE[permission]);

/** Roles that may edit formulas. */
export const EDITORS: readonly Role[] = ROLES.filter((role) => roleMay(role, 'formula.edit'));

export const permissionsOf = (role: Role): readonly Permission[] =>
  PERMISSIONS.filter((permission) => roleMay(role, permission));
