import { archive } from './formula/archive.ts';
import { create as createFormula } from './formula/create.ts';
import { duplicate } from './formula/duplicate.ts';
import { get as getFormula } from './formula/get.ts';
import { list as listFormulas } from './formula/list.ts';
import { rename } from './formula/rename.ts';
import { accept } from './invitation/accept.ts';
import { preview } from './invitation/preview.ts';
import { bars } from './market/bars.ts';
import { list as listMarkets } from './market/list.ts';
import { remove as removeMarket } from './market/remove.ts';
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
import { create as createVersion } from './version/create.ts';
import { get as getVersion } from './version/get.ts';
import { list as listVersions } from './version/list.ts';

/** Every procedure, by noun and verb. */
export const appRouter = router({
  session: router({ me, register, signIn, signOut, switch: switchTo }),
  team: router({ get: getTeam, invite, revokeInvitation, changeRole, removeMember }),
  invitation: router({ preview, accept }),
  formula: router({ list: listFormulas, get: getFormula, create: createFormula, duplicate, rename, archive }),
  version: router({ list: listVersions, get: getVersion, create: createVersion }),
  market: router({ list: listMarkets, bars, remove: removeMarket }),
});

export type AppRouter = typeof appRouter;
