/** Roles with what each may do, from the least to the most. */
export const ROLES = [
  { value: 'viewer', label: 'Viewer', hint: 'Sees everything, changes nothing' },
  { value: 'reviewer', label: 'Reviewer', hint: 'Sees and comments' },
  { value: 'editor', label: 'Editor', hint: 'Edits strategies, runs backtests and bots' },
  { value: 'admin', label: 'Admin', hint: 'Also manages the team' },
  { value: 'owner', label: 'Owner', hint: 'Also names owners and pays' },
] as const;

export type InvitedRole = (typeof ROLES)[number]['value'];
