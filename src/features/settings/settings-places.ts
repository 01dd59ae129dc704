import type { Outputs } from '#trpc/types.ts';

type Permission = NonNullable<Outputs['session']['me']>['permissions'][number];

interface SettingsPlace {
  readonly href: string;
  readonly title: string;
  /** Whoever lacks it does not see the page in the index. */
  readonly permission?: Permission;
}

/** The pages of the settings, in the order of their index. */
export const SETTINGS_PLACES: readonly SettingsPlace[] = [
  { href: '/settings', title: 'General' },
  { href: '/settings/security', title: 'Security' },
  { href: '/settings/sessions', title: 'Sessions' },
  { href: '/settings/documents', title: 'Documents', permission: 'document.manage' },
  { href: '/settings/audit', title: 'Audit trail', permission: 'audit.read' },
];
