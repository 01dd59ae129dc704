'use client';
import { useSession } from './session.tsx';

/** What a role lacks, and which role has it: the words of the tooltip on what is disabled. */
const NEEDED = {
  'comment.write': 'Commenting takes the reviewer role. Ask an admin of your organisation.',
  'formula.edit': 'Editing strategies takes the editor role. Ask an admin of your organisation.',
  'version.create': 'Saving versions takes the editor role. Ask an admin of your organisation.',
  'backtest.run': 'Running backtests takes the editor role. Ask an admin of your organisation.',
  'bot.manage': 'Running bots takes the editor role. Ask an admin of your organisation.',
  'market.manage': 'Importing markets takes the editor role. Ask an admin of your organisation.',
  'team.manage': 'Managing the team takes the admin role.',
  'document.manage': 'Looking after documents takes the admin role.',
  'owner.manage': 'Only an owner can do this.',
} as const;

export type Permission = keyof typeof NEEDED;

/** Why the signed-in person cannot do it; undefined when they can. */
export function useDenial(permission: Permission): string | undefined {
  const { permissions } = useSession();
  const held: readonly string[] = permissions;
  return held.includes(permission) ? undefined : NEEDED[permission];
}
