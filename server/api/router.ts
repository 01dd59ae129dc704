import { accept } from './invitation/accept.ts';
import { preview } from './invitation/preview.ts';
import { me } from './session/me.ts';
import { register } from './session/register.ts';
import { signIn } from './session/sign-in.ts';
import { signOut } from './session/sign-out.ts';
import { switchTo } from './session/switch.ts';
import { changeRole } from './team/change-role.ts';
import { get as getTeam } from './team/get.ts';
import { invite } from './team/invite.ts';
import { removeMember } from './team/remove-member.ts';
import { revokeInvitation } from './team/revoke-invitation.ts';
import { router } from './trpc.ts';

/** Every procedure, by noun and verb. */
export const appRouter = router({
  session: router({ me, register, signIn, signOut, switch: switchTo }),
  team: router({ get: getTeam, invite, revokeInvitation, changeRole, removeMember }),
  invitation: router({ preview, accept }),
});

export type AppRouter = typeof appRouter;
