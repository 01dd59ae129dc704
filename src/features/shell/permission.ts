'use client';
import { useSession } from './session.tsx';

/** What a role lacks, and which role has it: the words of the tooltip on what is disabled. */
const NEEDED = {
  'comment.write': 'Commenting takes the reviewer role. Ask an admin of your organisation.',
  'review.answer': 'Reviewing takes the reviewer role. Ask an admin of your organisation.',
  'review.ask': 'Asking for a review takes the editor role. Ask an admin of your organisation.',
  'version.publish': 'Publishing takes the editor role. Ask an admin of your organisation.',
  'formula.edit': 'Editing strategies takes the editor role. Ask an admin of your organisation.',
  'version.create': 'Saving versions takes the editor role. Ask an admin of your organisation.',
  'backtest.run': 'Running backtests takes the editor role. Ask an admin of your organisation.',
  'bot.manage': 'Running bots takes the editor role. Ask an admin of your organisation.',
  'market.manage': 'Importing markets takes the editor role. Ask an admin of your organisation.',
  'team.manage': 'Managing the team takes the admin role.',
  'document.manage': 'Looking after documents takes the admin role.',
  'policy.manage': 'The policy for publishing is set by admins.',
  'audit.read': 'The audit trail is for admins.',
  'policy.override': 'Only an owner can publish without the approvals that the policy asks for.',
  'owner.manage': 'Only an owner can do this.',
  'billing.manage': 'Plan and payment are the business of owners.',
} as const;

export type Permission = keyof typeof NEEDED;

/** Why the signed-in person cannot do it; undefined when they can. */
export function useDenial(permission: Permission): string | undefined {
  const { permissions } = useSession();
  const held: readonly string[] = permissions;
  return held.includes(permission) ? undefined : NEEDED[permission];
}
